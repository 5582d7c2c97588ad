mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  bucket_name = "lab-state"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "keeps_states_in_a_private_encrypted_bucket" {
  command = plan

  variables {
    access_logs = true
    log_bucket  = "lab-logs"
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.state_closed.block_public_acls && aws_s3_bucket_public_access_block.state_closed.block_public_policy && aws_s3_bucket_public_access_block.state_closed.ignore_public_acls && aws_s3_bucket_public_access_block.state_closed.restrict_public_buckets
    error_message = "The bucket must be closed to the public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.state_versioning.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must keep older versions."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.state_encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "The bucket must be encrypted by aws:kms."
  }

  assert {
    condition     = !aws_s3_bucket.state.force_destroy
    error_message = "The bucket must not be deleted with states in it."
  }

  assert {
    condition     = aws_s3_bucket_logging.state_access_logs[0].target_bucket == "lab-logs"
    error_message = "Access logs must go to the bucket that the caller gives."
  }
}

run "refuses_access_logs_without_a_bucket" {
  command = plan

  variables {
    access_logs = true
    bucket_name = "Lab State"
  }

  expect_failures = [var.access_logs, var.bucket_name]
}
