"""Prints what the account still holds of ours, one ARN a line. A key waits for its deletion by design, so it is not listed."""

import boto3

pages = boto3.client("resourcegroupstaggingapi").get_paginator("get_resources").paginate(
    TagFilters=[{"Key": "Project", "Values": ["wiko-defect-analyzer"]}]
)
for page in pages:
    for resource in page["ResourceTagMappingList"]:
        if ":kms:" not in resource["ResourceARN"]:
            print(resource["ResourceARN"])
