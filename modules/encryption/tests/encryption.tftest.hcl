mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "lab"
}

run "rotates_the_key_and_lets_only_this_account_in" {
  assert {
    condition     = aws_kms_key.main.enable_key_rotation && aws_kms_key.main.deletion_window_in_days == 30
    error_message = "The key must rotate, and a deletion must take 30 days."
  }

  assert {
    condition     = alltrue([for statement in jsondecode(aws_kms_key.main.policy).Statement : statement.Principal != "*"])
    error_message = "Nobody outside may use the key."
  }

  assert {
    condition     = output.key_arn == aws_kms_key.main.arn && aws_kms_alias.alias.name == "alias/lab"
    error_message = "The caller must get the key, and the key its alias."
  }
}

run "refuses_a_deletion_at_once_and_a_name_with_spaces" {
  command = plan

  variables {
    deletion_days = 1
    name          = "my key"
  }

  expect_failures = [var.deletion_days, var.name]
}
