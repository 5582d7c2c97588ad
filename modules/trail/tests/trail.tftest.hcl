mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  bucket_name = "lab-trail"
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "records_all_regions_encrypted_and_validated" {
  assert {
    condition     = aws_s3_bucket_public_access_block.records_closed.block_public_acls && aws_s3_bucket_public_access_block.records_closed.block_public_policy && aws_s3_bucket_public_access_block.records_closed.ignore_public_acls && aws_s3_bucket_public_access_block.records_closed.restrict_public_buckets
    error_message = "The bucket must be closed to the public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.records_versioning.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must keep older versions."
  }

  assert {
    condition     = strcontains(aws_s3_bucket_policy.records_policy.policy, "aws:SecureTransport")
    error_message = "The bucket must refuse requests without TLS."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.records_encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "The bucket must be encrypted by aws:kms."
  }

  assert {
    condition     = aws_cloudtrail.main.is_multi_region_trail && aws_cloudtrail.main.enable_log_file_validation && aws_cloudtrail.main.kms_key_id == var.kms_key_arn
    error_message = "The trail must cover all regions, validated and encrypted."
  }

  assert {
    condition     = length(aws_cloudtrail.main.advanced_event_selector) == 1
    error_message = "Without buckets only management events are recorded."
  }
}

run "records_reads_of_the_named_buckets" {
  variables {
    object_buckets = ["photos"]
  }

  assert {
    condition     = anytrue([for selector in aws_cloudtrail.main.advanced_event_selector : anytrue([for field in selector.field_selector : contains(coalesce(field.starts_with, []), "arn:aws:s3:::photos/")])])
    error_message = "Reads of the named bucket must be recorded."
  }
}

run "refuses_a_short_memory" {
  command = plan

  variables {
    bucket_days = 30
    access_logs = true
  }

  expect_failures = [var.bucket_days, var.access_logs]
}
