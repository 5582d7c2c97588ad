"""Takes the role of a deployment, and prints its credentials as environment variables in JSON."""

import json
import os

import boto3

role = f"arn:aws:iam::123456789012:role/wiko-delivery-deploy-{os.environ['DEPLOYED']}"
taken = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName="deployment")["Credentials"]
variables = {
    "AWS_ACCESS_KEY_ID": taken["AccessKeyId"],
    "AWS_SECRET_ACCESS_KEY": taken["SecretAccessKey"],
    "AWS_SESSION_TOKEN": taken["SessionToken"],
}
print(json.dumps(variables))
