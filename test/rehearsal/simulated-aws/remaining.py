"""Prints what the account still holds of ours, one ARN a line.

AWS goes on showing some things for a while after they are gone, and so does moto: a key that waits for its deletion, a deleted NAT
gateway, inactive clusters and services. Task definitions stay on purpose (skip_destroy). Those are not listed.
"""

import boto3


def exists(arn):
    kind, _, name = arn.split(":", 5)[5].partition("/")
    if kind == "key":
        state = boto3.client("kms").describe_key(KeyId=name)["KeyMetadata"]["KeyState"]
    elif kind == "natgateway":
        state = boto3.client("ec2").describe_nat_gateways(NatGatewayIds=[name])["NatGateways"][0]["State"]
    elif kind == "cluster" and ":ecs:" in arn:
        state = boto3.client("ecs").describe_clusters(clusters=[arn])["clusters"][0]["status"]
    elif kind == "service":
        state = boto3.client("ecs").describe_services(cluster=name.split("/")[0], services=[arn])["services"][0]["status"]
    elif kind == "task-definition":
        state = "INACTIVE"
    else:
        state = "there"
    return state not in ("PendingDeletion", "deleted", "INACTIVE")


pages = boto3.client("resourcegroupstaggingapi").get_paginator("get_resources").paginate(
    TagFilters=[{"Key": "Project", "Values": ["wiko-defect-analyzer"]}]
)
for page in pages:
    for resource in page["ResourceTagMappingList"]:
        if exists(resource["ResourceARN"]):
            print(resource["ResourceARN"])
