"""Makes the bucket of Terraform's states, for tests that do not apply the account."""

import boto3

boto3.client("s3").create_bucket(Bucket="wiko-terraform-state")
