mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  plan_subjects    = ["repo:wiko/analyzer:pull_request"]
  state_bucket_arn = "arn:aws:s3:::lab-state"
  kms_key_arn      = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "lets_only_the_named_workflow_runs_in" {
  assert {
    condition     = one(jsondecode(aws_iam_role.plan.assume_role_policy).Statement).Condition.StringEquals["token.actions.githubusercontent.com:sub"] == ["repo:wiko/analyzer:pull_request"]
    error_message = "Only the named workflow runs may plan."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.plan_base.policy_arn == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    error_message = "Who plans may only read."
  }
}

run "refuses_wildcards" {
  command = plan

  variables {
    plan_subjects = ["repo:wiko/*:pull_request"]
  }

  expect_failures = [var.plan_subjects]
}
