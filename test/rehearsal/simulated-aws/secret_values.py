"""Prints every secret value of the account as JSON, so that a rehearsal can search the state for them."""

import json

import boto3

client = boto3.client("secretsmanager")
values = {}
for secret in client.list_secrets()["SecretList"]:
    values[secret["Name"]] = client.get_secret_value(SecretId=secret["ARN"])["SecretString"]
print(json.dumps(values))
