mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name                            = "lab"
  kms_key_arn                     = "arn:aws:kms:eu-central-1:123456789012:key/1"
  load_balancer_name              = "lab-alb"
  target_group_name               = "lab-tg"
  cluster_name                    = "lab-cluster"
  service_name                    = "lab-service"
  family                          = "lab-task"
  critical_topic_name             = "lab-critical"
  log_group_name                  = "/ecs/lab"
  vpc_id                          = "vpc-1"
  public_subnet_ids               = ["subnet-1", "subnet-2"]
  private_subnet_ids              = ["subnet-3", "subnet-4"]
  load_balancer_security_group_id = "sg-1"
  task_security_group_id          = "sg-2"
  certificate_arn                 = "arn:aws:acm:eu-central-1:123456789012:certificate/1"
  log_bucket                      = "lab-logs"
  repository                      = "lab"
  image_tag                       = "abc1234"
  azure_api_key_arn               = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wiko/azure-api-key-AbCdEf"
  api_key_arn                     = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wiko/api-key-AbCdEf"
  secret_key_arn                  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wiko/secret-key-AbCdEf"
  database_url_arn                = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wiko/database-url-AbCdEf"
  redis_url_arn                   = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wiko/redis-url-AbCdEf"
  database_master_secret_arn      = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:wiko/master-AbCdEf"
  database_user_arn               = "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-1/wiko_api"
  cache_arn                       = "arn:aws:elasticache:eu-central-1:123456789012:replicationgroup:lab"
  cache_user_arn                  = "arn:aws:elasticache:eu-central-1:123456789012:user:lab-api"
  cache_group_id                  = "lab"
  images_bucket_name              = "lab-images"
  images_bucket_arn               = "arn:aws:s3:::lab-images"
}

run "runs_private_tasks_behind_https" {
  assert {
    condition     = !aws_ecs_service.api.network_configuration[0].assign_public_ip && aws_ecs_service.api.network_configuration[0].security_groups == toset(["sg-2"])
    error_message = "Tasks must have no public address, and only the security group that the caller gives."
  }

  assert {
    condition     = aws_ecs_service.api.deployment_circuit_breaker[0].rollback && aws_ecs_service.api.deployment_minimum_healthy_percent == 100
    error_message = "A version that does not come up must be rolled back."
  }

  assert {
    condition     = aws_lb.main.enable_deletion_protection && aws_lb.main.drop_invalid_header_fields && aws_lb.main.security_groups == toset(["sg-1"])
    error_message = "The load balancer must be protected, and have only the security group that the caller gives."
  }

  assert {
    condition     = aws_cloudwatch_log_group.logs.kms_key_id == var.kms_key_arn
    error_message = "Logs must be encrypted with the key that the caller gives."
  }

  assert {
    condition     = one(aws_ecs_task_definition.api_task.runtime_platform).cpu_architecture == "ARM64" && strcontains(aws_ecs_task_definition.api_task.container_definitions, "/lab:abc1234")
    error_message = "The image that the caller names must run."
  }
}

run "refuses_a_moving_tag_a_secret_that_is_none_and_one_subnet" {
  command = plan

  variables {
    image_tag         = "latest"
    api_key_arn       = "in-the-open"
    architecture      = "SPARC"
    public_subnet_ids = ["subnet-1"]
  }

  expect_failures = [var.image_tag, var.api_key_arn, var.architecture, var.public_subnet_ids]
}
