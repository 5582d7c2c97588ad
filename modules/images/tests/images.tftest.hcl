mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  bucket_name = "lab-images"
}

run "keeps_images_in_a_private_bucket" {
  assert {
    condition     = aws_s3_bucket_public_access_block.images_closed.block_public_acls && aws_s3_bucket_public_access_block.images_closed.block_public_policy && aws_s3_bucket_public_access_block.images_closed.ignore_public_acls && aws_s3_bucket_public_access_block.images_closed.restrict_public_buckets
    error_message = "The bucket must be closed to the public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.images_versioning.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must keep older versions."
  }

  assert {
    condition     = strcontains(aws_s3_bucket_policy.images_policy.policy, "aws:SecureTransport")
    error_message = "The bucket must refuse requests without TLS."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.images_encryption.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket must be encrypted by AES256."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.images_lifecycle.rule[0].transition).storage_class == "GLACIER_IR" && one(aws_s3_bucket_lifecycle_configuration.images_lifecycle.rule[0].transition).days == 90
    error_message = "Old images must move to cheaper storage that opens at once."
  }

  assert {
    condition     = length(aws_s3_bucket_cors_configuration.images_cors) == 0 && length(aws_s3_bucket_logging.images_access_logs) == 0
    error_message = "Nothing that the caller has not asked for may be there."
  }
}

run "writes_access_logs_and_lets_pages_read_where_asked_to" {
  command = plan

  variables {
    access_logs  = true
    log_bucket   = "lab-logs"
    cors_origins = ["https://app.example.com"]
    archive      = "glacier"
  }

  assert {
    condition     = aws_s3_bucket_logging.images_access_logs[0].target_bucket == "lab-logs"
    error_message = "Access logs must go to the bucket that the caller gives."
  }

  assert {
    condition     = one(aws_s3_bucket_cors_configuration.images_cors[0].cors_rule).allowed_origins == toset(["https://app.example.com"])
    error_message = "Only the page that the caller names may read."
  }

  assert {
    condition     = one(aws_s3_bucket_lifecycle_configuration.images_lifecycle.rule[0].transition).storage_class == "GLACIER"
    error_message = "The archive must be the one that the caller chose."
  }
}

run "refuses_what_s3_would_refuse" {
  command = plan

  variables {
    bucket_name        = "Lab Images"
    archive            = "tape"
    archive_after_days = 1
    cors_origins       = ["*"]
    access_logs        = true
  }

  expect_failures = [var.bucket_name, var.archive, var.archive_after_days, var.cors_origins, var.access_logs]
}
