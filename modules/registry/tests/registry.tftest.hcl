mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  kms_key_arn = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "keeps_tags_fixed_and_scans_each_push" {
  command = plan

  assert {
    condition     = aws_ecr_repository.main.image_tag_mutability == "IMMUTABLE" && aws_ecr_repository.main.image_scanning_configuration[0].scan_on_push
    error_message = "Tags must not move, and each push must be scanned."
  }

  assert {
    condition     = aws_ecr_repository.main.encryption_configuration[0].kms_key == var.kms_key_arn && !aws_ecr_repository.main.force_delete
    error_message = "Images must be encrypted with the key that the caller gives, and stay."
  }
}

run "refuses_a_name_in_capitals" {
  command = plan

  variables {
    name = "Wiko"
  }

  expect_failures = [var.name]
}
