mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  bucket_name = "lab-logs"
}

run "keeps_the_logs_in_a_private_bucket" {
  assert {
    condition     = aws_s3_bucket_public_access_block.logs_closed.block_public_acls && aws_s3_bucket_public_access_block.logs_closed.block_public_policy && aws_s3_bucket_public_access_block.logs_closed.ignore_public_acls && aws_s3_bucket_public_access_block.logs_closed.restrict_public_buckets
    error_message = "The bucket must be closed to the public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.logs_versioning.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must keep older versions."
  }

  assert {
    condition     = strcontains(aws_s3_bucket_policy.logs_policy.policy, "aws:SecureTransport")
    error_message = "The bucket must refuse requests without TLS."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.logs_encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket must be encrypted by AES256."
  }

  assert {
    condition     = aws_s3_bucket_lifecycle_configuration.logs_lifecycle.rule[0].expiration[0].days == 365
    error_message = "Logs must be kept for a year."
  }
}

run "refuses_to_keep_logs_for_no_day" {
  command = plan

  variables {
    days = 0
  }

  expect_failures = [var.days]
}
