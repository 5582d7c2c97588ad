mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks"
}

variables {
  bucket_name = "lab-page"
}

run "serves_a_private_bucket_by_tls_only" {
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  assert {
    condition     = aws_s3_bucket_public_access_block.web_closed.block_public_acls && aws_s3_bucket_public_access_block.web_closed.block_public_policy && aws_s3_bucket_public_access_block.web_closed.ignore_public_acls && aws_s3_bucket_public_access_block.web_closed.restrict_public_buckets
    error_message = "The bucket must be closed to the public."
  }

  assert {
    condition     = aws_s3_bucket_versioning.web_versioning.versioning_configuration[0].status == "Enabled"
    error_message = "The bucket must keep older versions."
  }

  assert {
    condition     = strcontains(aws_s3_bucket_policy.web_policy.policy, "aws:SecureTransport")
    error_message = "The bucket must refuse requests without TLS."
  }

  assert {
    condition     = aws_cloudfront_distribution.main.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https"
    error_message = "The page must come by TLS only."
  }

  assert {
    condition     = aws_cloudfront_origin_access_control.access.signing_behavior == "always"
    error_message = "CloudFront must sign its reads of the bucket."
  }

  assert {
    condition     = length(aws_cloudwatch_log_delivery.access_log_delivery) == 0
    error_message = "Logs that nobody asked for must not be there."
  }
}

run "writes_access_logs_where_asked_to" {
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  variables {
    access_logs    = true
    log_bucket     = "lab-logs"
    log_bucket_arn = "arn:aws:s3:::lab-logs"
  }

  assert {
    condition     = length(aws_cloudwatch_log_delivery.access_log_delivery) == 1 && aws_s3_bucket_logging.web_access_logs[0].target_bucket == "lab-logs"
    error_message = "Both access logs must be written."
  }
}

run "refuses_an_unknown_price_class" {
  command = plan

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  variables {
    price_class = "PriceClass_1"
    access_logs = true
  }

  expect_failures = [var.price_class, var.access_logs]
}
