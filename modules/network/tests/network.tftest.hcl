mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name = "lab"
}

run "gives_each_zone_a_subnet_in_each_tier" {
  variables {
    zones = ["a", "b", "c"]
  }

  assert {
    condition     = alltrue([for tier in [aws_subnet.public, aws_subnet.private, aws_subnet.data] : join(",", keys(tier)) == "a,b,c"])
    error_message = "Each tier must have one subnet for each zone."
  }

  assert {
    condition     = aws_subnet.public["c"].availability_zone == "eu-central-1c" && length(output.private_subnet_ids) == 3
    error_message = "A subnet must lie in the zone of its letter."
  }

  assert {
    condition     = join(",", keys(aws_nat_gateway.nat)) == "a,b,c" && aws_route.private_to_nat["c"].nat_gateway_id == aws_nat_gateway.nat["c"].id
    error_message = "Each zone must leave by its own NAT gateway."
  }
}

run "keeps_the_address_ranges_of_a_zone_whatever_zones_come" {
  command = plan

  variables {
    zones = ["c", "a", "b"]
  }

  assert {
    condition     = aws_subnet.public["a"].cidr_block == "10.20.0.0/21" && aws_subnet.public["b"].cidr_block == "10.20.8.0/21" && aws_subnet.public["c"].cidr_block == "10.20.16.0/21"
    error_message = "The range of a zone must follow its letter, not its place in the list."
  }

  assert {
    condition     = aws_subnet.private["a"].cidr_block == "10.20.64.0/21" && aws_subnet.data["a"].cidr_block == "10.20.128.0/21"
    error_message = "Each tier must have its own quarter of the VPC."
  }
}

run "leads_all_zones_to_a_single_nat_gateway" {
  variables {
    zones    = ["a", "b", "c"]
    nat_mode = "single"
  }

  assert {
    condition     = join(",", keys(aws_nat_gateway.nat)) == "a" && length(output.nat_addresses) == 1
    error_message = "The first zone must hold the only NAT gateway."
  }

  assert {
    condition     = length(aws_route.private_to_nat) == 3 && alltrue([for route in aws_route.private_to_nat : route.nat_gateway_id == aws_nat_gateway.nat["a"].id])
    error_message = "Every zone must leave by the only NAT gateway."
  }
}

run "has_no_way_out_without_nat" {
  command = plan

  variables {
    nat_mode = "none"
  }

  assert {
    condition     = length(aws_nat_gateway.nat) == 0 && length(aws_eip.nat_address) == 0 && length(aws_route.private_to_nat) == 0
    error_message = "Without NAT there must be no gateway, address or route."
  }
}

run "chains_the_security_groups" {
  assert {
    condition     = aws_vpc_security_group_ingress_rule.load_balancer_to_task_in.referenced_security_group_id == aws_security_group.load_balancer.id && aws_vpc_security_group_ingress_rule.load_balancer_to_task_in.security_group_id == aws_security_group.task.id && aws_vpc_security_group_ingress_rule.load_balancer_to_task_in.from_port == 5001
    error_message = "Only the load balancer may reach the tasks, on the port of the API."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.task_to_database_in.referenced_security_group_id == aws_security_group.task.id && aws_vpc_security_group_ingress_rule.task_to_database_in.security_group_id == aws_security_group.database.id
    error_message = "Only the tasks may reach the database."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.task_to_cache_in.referenced_security_group_id == aws_security_group.task.id && aws_vpc_security_group_ingress_rule.task_to_cache_in.security_group_id == aws_security_group.cache.id
    error_message = "Only the tasks may reach the cache."
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.https) == 1 && length(aws_vpc_security_group_ingress_rule.from_cloudfront) == 0
    error_message = "The internet must come in by HTTPS."
  }
}

run "lets_only_cloudfront_in_where_the_caller_says_so" {
  variables {
    entry = "cloudfront"
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.https) == 0 && length(aws_vpc_security_group_ingress_rule.http) == 0
    error_message = "The internet must not come in."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_cloudfront[0].prefix_list_id == data.aws_ec2_managed_prefix_list.cloudfront[0].id
    error_message = "CloudFront must come in by its prefix list."
  }
}

run "gives_no_machine_a_public_address" {
  command = plan

  assert {
    condition     = alltrue(flatten([for tier in [aws_subnet.public, aws_subnet.private, aws_subnet.data] : [for subnet in tier : !subnet.map_public_ip_on_launch]]))
    error_message = "No subnet may hand out public addresses."
  }
}

run "makes_the_interface_endpoints_that_are_asked_for" {
  variables {
    interface_endpoints = ["logs", "ecr.api"]
  }

  assert {
    condition     = join(",", keys(aws_vpc_endpoint.interface)) == "ecr.api,logs" && aws_vpc_endpoint.interface["logs"].service_name == "com.amazonaws.eu-central-1.logs"
    error_message = "Each service must have its endpoint."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.task_to_endpoints_in[0].referenced_security_group_id == aws_security_group.task.id
    error_message = "Only the tasks may reach the endpoints."
  }
}

run "refuses_one_zone" {
  command = plan

  variables {
    zones = ["a"]
  }

  expect_failures = [var.zones]
}

run "refuses_the_same_zone_twice_and_names_of_zones" {
  command = plan

  variables {
    zones = ["a", "eu-central-1a"]
  }

  expect_failures = [var.zones]
}

run "refuses_an_unknown_nat_mode_entry_endpoint_and_range" {
  command = plan

  variables {
    nat_mode            = "per-zone"
    entry               = "everyone"
    interface_endpoints = ["s3"]
    cidr_block          = "10.20.0.0/24"
  }

  expect_failures = [var.nat_mode, var.entry, var.interface_endpoints, var.cidr_block]
}
