mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  zone_id        = "Z1"
  name           = "app.example.com"
  target         = "d1.cloudfront.net"
  target_zone_id = "Z2"
}

run "leads_the_name_to_the_target_by_both_protocols" {
  command = plan

  assert {
    condition     = aws_route53_record.a.alias[0].name == "d1.cloudfront.net" && aws_route53_record.aaaa[0].type == "AAAA"
    error_message = "Both records must lead to the target."
  }
}

run "has_no_ipv6_record_for_a_target_without_ipv6" {
  command = plan

  variables {
    ipv6 = false
  }

  assert {
    condition     = length(aws_route53_record.aaaa) == 0
    error_message = "There must be no AAAA record."
  }
}
