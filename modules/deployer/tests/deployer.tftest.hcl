mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment        = "staging"
  tag                = "staging"
  subjects           = ["repo:wiko/analyzer:environment:staging"]
  provider_arn       = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"
  state_bucket_arn   = "arn:aws:s3:::lab-state"
  images_bucket_name = "lab-images"
}

run "lets_only_the_named_workflow_runs_in" {
  assert {
    condition     = one(jsondecode(aws_iam_role.deploy.assume_role_policy).Statement).Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:wiko/analyzer:environment:staging"]
    error_message = "Only the named workflow runs may deploy."
  }

  assert {
    condition     = aws_iam_policy.boundary.name == "wiko-delivery-boundary-staging"
    error_message = "The environment must have a boundary of its own."
  }
}

run "refuses_wildcards_and_an_environment_in_capitals" {
  command = plan

  variables {
    subjects    = ["repo:wiko/*:pull_request"]
    environment = "Staging"
  }

  expect_failures = [var.subjects, var.environment]
}
