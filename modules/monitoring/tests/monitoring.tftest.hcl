mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  name                       = "lab"
  topic_name                 = "lab-alerts"
  alert_emails               = ["line@example.com"]
  kms_key_arn                = "arn:aws:kms:eu-central-1:123456789012:key/1"
  load_balancer_arn_suffix   = "app/lab/1"
  target_group_arn_suffix    = "targetgroup/lab/1"
  cluster_name               = "lab"
  service_name               = "lab"
  service_arn                = "arn:aws:ecs:eu-central-1:123456789012:service/lab/lab"
  max_tasks                  = 10
  latency_scaling_policy_arn = "arn:aws:autoscaling:eu-central-1:123456789012:scalingPolicy:1"
  log_group_name             = "/ecs/lab"
  database_id                = "lab"
  database_connections       = 400
  database_memory            = 4
  database_storage           = 100
  cache_group_id             = "lab"
  images_bucket_name         = "lab-images"
  rotation_function_name     = "lab-rotation"
}

run "sends_alarms_into_an_encrypted_topic" {
  assert {
    condition     = aws_sns_topic.alerts.kms_master_key_id == var.kms_key_arn && aws_sns_topic.alerts.name == "lab-alerts"
    error_message = "The topic must be encrypted with the key that the caller gives."
  }

  assert {
    condition     = output.dashboard_name == "lab"
    error_message = "The dashboard must have the name that the caller gives."
  }
}

run "refuses_limits_that_alarm_on_everything" {
  command = plan

  variables {
    traffic_floor      = 0
    own_latency_ms     = 0
    error_rate_percent = -1
  }

  expect_failures = [var.traffic_floor, var.own_latency_ms, var.error_rate_percent]
}
