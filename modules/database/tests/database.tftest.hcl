mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name              = "lab-db"
  subnet_group_name = "lab-db"
  subnet_ids        = ["subnet-1", "subnet-2"]
  security_group_id = "sg-1"
  kms_key_arn       = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "is_private_encrypted_and_protected" {
  command = plan

  assert {
    condition     = aws_db_instance.main.storage_encrypted && aws_db_instance.main.kms_key_id == var.kms_key_arn && aws_db_instance.main.performance_insights_kms_key_id == var.kms_key_arn
    error_message = "Data must be encrypted with the key that the caller gives."
  }

  assert {
    condition     = !aws_db_instance.main.publicly_accessible && aws_db_instance.main.vpc_security_group_ids == toset(["sg-1"])
    error_message = "The instance must have no public address, and only the security group that the caller gives."
  }

  assert {
    condition     = aws_db_instance.main.deletion_protection && !aws_db_instance.main.skip_final_snapshot && aws_db_instance.main.backup_retention_period == 7
    error_message = "The instance must refuse deletion and keep backups."
  }

  assert {
    condition     = aws_db_instance.main.manage_master_user_password && aws_db_instance.main.password == null && aws_db_instance.main.iam_database_authentication_enabled
    error_message = "No password may be in the state."
  }

  assert {
    condition     = aws_db_instance.main.multi_az
    error_message = "A standby must be in a second zone."
  }
}

run "refuses_a_minor_version_one_subnet_and_a_class_of_another_service" {
  command = plan

  variables {
    major_version  = "15.4"
    subnet_ids     = ["subnet-1"]
    instance_class = "cache.t4g.micro"
    backup_days    = 36
  }

  expect_failures = [var.major_version, var.subnet_ids, var.instance_class, var.backup_days]
}
