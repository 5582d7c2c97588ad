mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "./tests/mocks"
}

variables {
  name              = "lab"
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/lab/1"
}

run "protects_the_load_balancer_and_logs_no_keys" {
  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  assert {
    condition     = aws_wafv2_web_acl_association.association.resource_arn == var.load_balancer_arn && aws_wafv2_web_acl.main.scope == "REGIONAL"
    error_message = "The load balancer must be protected."
  }

  assert {
    condition     = contains(flatten([for field in aws_wafv2_web_acl_logging_configuration.logging.redacted_fields : [for header in field.single_header : header.name]]), "x-api-key")
    error_message = "No API key may be in the logs."
  }

  assert {
    condition     = startswith(aws_cloudwatch_log_group.logs.name, "aws-waf-logs-")
    error_message = "The log group must have the name that WAF insists on."
  }
}

run "refuses_a_rate_limit_below_that_of_waf" {
  command = plan

  providers = {
    aws           = aws
    aws.us_east_1 = aws.us_east_1
  }

  variables {
    rate_limit = 1
    name       = "my wall"
  }

  expect_failures = [var.rate_limit, var.name]
}
