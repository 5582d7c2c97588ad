"""As the role of a deployment, tries what it must not do, and prints what it could do, one line each."""

import json
import os

import boto3
from botocore.exceptions import ClientError

account = "123456789012"
mine = os.environ["DEPLOYED"]
taken = boto3.client("sts").assume_role(
    RoleArn=f"arn:aws:iam::{account}:role/wiko-delivery-deploy-{mine}", RoleSessionName="overstep"
)["Credentials"]
session = boto3.Session(taken["AccessKeyId"], taken["SecretAccessKey"], taken["SessionToken"])
iam, s3 = session.client("iam"), session.client("s3")
trust = json.dumps({"Version": "2012-10-17", "Statement": []})
everything = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
boundary = f"arn:aws:iam::{account}:policy/wiko-delivery-boundary-{mine}"
tags = [{"Key": "Environment", "Value": mine}]

# As an administrator: what is there of others.
boto3.client("iam").create_role(RoleName="wiko-task", AssumeRolePolicyDocument=trust)
boto3.client("s3").create_bucket(Bucket="wiko-defect-images-prod")

attempts = {
    "make a role without a boundary": lambda: iam.create_role(
        RoleName=f"wiko-{mine}-task", AssumeRolePolicyDocument=trust, Tags=tags
    ),
    "make a role with another boundary": lambda: iam.create_role(
        RoleName=f"wiko-{mine}-task",
        AssumeRolePolicyDocument=trust,
        Tags=tags,
        PermissionsBoundary="arn:aws:iam::aws:policy/AdministratorAccess",
    ),
    "make a role of another environment": lambda: iam.create_role(
        RoleName="wiko-worker-task", AssumeRolePolicyDocument=trust, Tags=tags, PermissionsBoundary=boundary
    ),
    "give rights to a role of another environment": lambda: iam.put_role_policy(
        RoleName="wiko-task", PolicyName="all", PolicyDocument=everything
    ),
    "give itself rights": lambda: iam.put_role_policy(
        RoleName=f"wiko-delivery-deploy-{mine}", PolicyName="all", PolicyDocument=everything
    ),
    "edit the boundary": lambda: iam.create_policy_version(
        PolicyArn=boundary, PolicyDocument=everything, SetAsDefault=True
    ),
    "take the role that plans": lambda: session.client("sts").assume_role(
        RoleArn=f"arn:aws:iam::{account}:role/wiko-delivery-plan", RoleSessionName="overstep"
    ),
    "write a photo of another environment": lambda: s3.put_object(Bucket="wiko-defect-images-prod", Key="x", Body=b"x"),
    "delete the bucket of another environment": lambda: s3.delete_bucket(Bucket="wiko-defect-images-prod"),
}
for what, attempt in attempts.items():
    try:
        attempt()
        print(what)
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("AccessDenied", "AccessDeniedException"):
            print(f"{what}: {error}")
boto3.client("s3").delete_bucket(Bucket="wiko-defect-images-prod")
boto3.client("iam").delete_role(RoleName="wiko-task")
