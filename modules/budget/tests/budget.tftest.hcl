mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  emails = ["money@example.com"]
}

run "mails_before_the_limit_is_reached" {
  command = plan

  assert {
    condition     = aws_budgets_budget.monthly.limit_amount == "527" && aws_budgets_budget.monthly.time_unit == "MONTHLY"
    error_message = "The limit must be that of a month."
  }

  assert {
    condition     = contains([for mail in aws_budgets_budget.monthly.notification : mail.threshold], 80)
    error_message = "A mail must go out at 80 percent."
  }
}

run "refuses_a_budget_that_nobody_reads" {
  command = plan

  variables {
    emails          = []
    monthly_dollars = 0
  }

  expect_failures = [var.emails, var.monthly_dollars]
}
