# Not mocked, as mocks have no ephemeral resources: a plan asks the account who it is and for random passwords, and changes nothing.
provider "aws" {
  region = "eu-central-1"
}

variables {
  kms_key_arn  = "arn:aws:kms:eu-central-1:123456789012:key/1"
  database_url = "postgresql://api@db.example.com:5432/wiko"
  redis_url    = "rediss://api@cache.example.com:6379/0"
}

run "encrypts_each_secret_and_keeps_no_value_in_the_state" {
  command = plan

  assert {
    condition     = alltrue([for secret in [aws_secretsmanager_secret.azure_api_key, aws_secretsmanager_secret.api_key, aws_secretsmanager_secret.secret_key, aws_secretsmanager_secret.database_url, aws_secretsmanager_secret.redis_url] : secret.kms_key_id == var.kms_key_arn && secret.recovery_window_in_days == 30])
    error_message = "Each secret must be encrypted with the key that the caller gives, and recoverable."
  }

  assert {
    condition     = alltrue([for value in [aws_secretsmanager_secret_version.api_key_value, aws_secretsmanager_secret_version.secret_key_value, aws_secretsmanager_secret_version.azure_api_key_value] : value.secret_string == null])
    error_message = "No value may be in the state."
  }

  assert {
    condition     = one(aws_secretsmanager_secret_rotation.secret_key_rotation.rotation_rules).automatically_after_days == 30
    error_message = "SECRET_KEY must rotate by schedule."
  }
}

run "refuses_passwords_in_urls_and_a_recovery_that_aws_does_not_offer" {
  command = plan

  variables {
    database_url  = "postgresql://api:secret@db.example.com:5432/wiko"
    redis_url     = "rediss://api:secret@cache.example.com:6379/0"
    recovery_days = 3
  }

  expect_failures = [var.database_url, var.redis_url, var.recovery_days]
}
