mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name              = "lab-cache"
  subnet_group_name = "lab-cache"
  subnet_ids        = ["subnet-1", "subnet-2"]
  security_group_id = "sg-1"
  kms_key_arn       = "arn:aws:kms:eu-central-1:123456789012:key/1"
}

run "encrypts_and_fails_over" {
  command = plan

  assert {
    condition     = aws_elasticache_replication_group.main.at_rest_encryption_enabled == "true" && aws_elasticache_replication_group.main.kms_key_id == var.kms_key_arn
    error_message = "Data must be encrypted with the key that the caller gives."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.transit_encryption_enabled && aws_elasticache_replication_group.main.transit_encryption_mode == "required"
    error_message = "Connections must need TLS."
  }

  assert {
    condition     = aws_elasticache_replication_group.main.automatic_failover_enabled && aws_elasticache_replication_group.main.multi_az_enabled
    error_message = "Two nodes must fail over from zone to zone."
  }

  assert {
    condition     = aws_elasticache_user.api.authentication_mode[0].type == "iam" && aws_elasticache_replication_group.main.auth_token == null
    error_message = "The API must sign in by IAM token, without a password."
  }

  assert {
    condition     = aws_elasticache_parameter_group.parameters.family == "redis7" && aws_elasticache_user.nobody[0].access_string == "off ~keys* -@all"
    error_message = "Redis must have a default user that can do nothing."
  }
}

run "has_no_default_user_with_valkey" {
  command = plan

  variables {
    engine         = "valkey"
    engine_version = "8.1"
    nodes          = 1
  }

  assert {
    condition     = length(aws_elasticache_user.nobody) == 0 && aws_elasticache_parameter_group.parameters.family == "valkey8"
    error_message = "A Valkey group must have no user called default."
  }

  assert {
    condition     = !aws_elasticache_replication_group.main.automatic_failover_enabled
    error_message = "A single node cannot fail over."
  }
}

run "refuses_another_engine_and_too_many_nodes" {
  command = plan

  variables {
    engine = "memcached"
    nodes  = 7
  }

  expect_failures = [var.engine, var.nodes]
}

run "refuses_a_version_that_redis_does_not_have" {
  command = plan

  variables {
    engine_version = "8.1"
  }

  expect_failures = [var.engine_version]
}
