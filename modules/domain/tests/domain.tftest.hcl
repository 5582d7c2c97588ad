mock_provider "aws" {
  source = "./tests/mocks"
}

mock_provider "aws" {
  alias  = "certificate"
  source = "./tests/mocks"
}

variables {
  name    = "app.example.com"
  zone_id = "Z1"
}

run "proves_the_name_in_the_existing_zone" {
  command = plan

  providers = {
    aws             = aws
    aws.certificate = aws.certificate
  }

  assert {
    condition     = aws_acm_certificate.certificate.validation_method == "DNS" && aws_acm_certificate.certificate.domain_name == "app.example.com"
    error_message = "The certificate must be proved by DNS."
  }

  assert {
    condition     = length(aws_route53_zone.zone) == 0 && aws_route53_record.validation.zone_id == "Z1"
    error_message = "The record must lie in the zone that the caller gives."
  }
}

run "makes_the_zone_where_there_is_none" {
  command = plan

  providers = {
    aws             = aws
    aws.certificate = aws.certificate
  }

  variables {
    make_zone = true
    zone      = "example.com"
    zone_id   = null
  }

  assert {
    condition     = aws_route53_zone.zone[0].name == "example.com"
    error_message = "The zone must be made."
  }
}

run "refuses_a_zone_that_is_neither_made_nor_given" {
  command = plan

  providers = {
    aws             = aws
    aws.certificate = aws.certificate
  }

  variables {
    zone_id = null
    name    = "no domain"
  }

  expect_failures = [var.make_zone, var.name]
}
