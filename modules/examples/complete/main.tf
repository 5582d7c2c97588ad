# The API of the Wiko Defect Analyzer with all it stands on, in plain HCL: three zones that share one NAT gateway.
terraform {
  required_version = ">= 1.11.0"

  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "name" {
  type        = string
  description = "Prefix of every name"
  default     = "lab"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,14}$", var.name))
    error_message = "Lower-case letters, digits and hyphens, 2 to 15 characters."
  }
}

variable "region" {
  type        = string
  description = "Region of everything"
  default     = "eu-central-1"
}

variable "certificate_arn" {
  type        = string
  description = "Certificate of the API's domain, in the same region"
}

variable "image_tag" {
  type        = string
  description = "Tag of the image to run, pushed to the repository before the service is made"
}

variable "azure_endpoint" {
  type        = string
  description = "Endpoint of Azure OpenAI, such as https://example.openai.azure.com"
}

provider "aws" {
  region = var.region

  default_tags {
    tags = {
      Project = var.name
    }
  }
}

data "aws_caller_identity" "current" {}

locals {
  # Names of buckets are unique in the world.
  bucket = "${var.name}-${data.aws_caller_identity.current.account_id}"
}

module "encryption" {
  source = "../../encryption"
  name   = var.name
}

module "network" {
  source              = "../../network"
  name                = var.name
  zones               = ["a", "b", "c"]
  nat_mode            = "single"
  interface_endpoints = ["ecr.api", "ecr.dkr", "logs"]
  kms_key_arn         = module.encryption.key_arn
}

module "logs" {
  source      = "../../logs"
  bucket_name = "${local.bucket}-logs"
}

module "database" {
  source            = "../../database"
  name              = "${var.name}-db"
  subnet_group_name = "${var.name}-db"
  subnet_ids        = module.network.data_subnet_ids
  security_group_id = module.network.database_security_group_id
  kms_key_arn       = module.encryption.key_arn
}

module "cache" {
  source            = "../../cache"
  name              = "${var.name}-cache"
  subnet_group_name = "${var.name}-cache"
  subnet_ids        = module.network.data_subnet_ids
  security_group_id = module.network.cache_security_group_id
  kms_key_arn       = module.encryption.key_arn
  engine            = "valkey"
  engine_version    = "8.1"
}

module "images" {
  source      = "../../images"
  bucket_name = "${local.bucket}-images"
  access_logs = true
  log_bucket  = module.logs.bucket_name
}

module "secrets" {
  source       = "../../secrets"
  prefix       = var.name
  kms_key_arn  = module.encryption.key_arn
  database_url = "postgresql://wiko_api@${module.database.endpoint}:5432/${module.database.database_name}?sslmode=verify-full"
  redis_url    = "rediss://${module.cache.user_name}@${module.cache.endpoint}:6379/0"
}

module "registry" {
  source      = "../../registry"
  name        = var.name
  kms_key_arn = module.encryption.key_arn
}

module "service" {
  source              = "../../service"
  name                = var.name
  kms_key_arn         = module.encryption.key_arn
  load_balancer_name  = "${var.name}-api"
  target_group_name   = "${var.name}-api"
  cluster_name        = var.name
  service_name        = "${var.name}-api"
  family              = "${var.name}-api"
  critical_topic_name = "${var.name}-critical"
  log_group_name      = "/ecs/${var.name}-api"

  vpc_id                          = module.network.vpc_id
  public_subnet_ids               = module.network.public_subnet_ids
  private_subnet_ids              = module.network.private_subnet_ids
  load_balancer_security_group_id = module.network.load_balancer_security_group_id
  task_security_group_id          = module.network.task_security_group_id
  certificate_arn                 = var.certificate_arn
  log_bucket                      = module.logs.bucket_name

  repository = module.registry.name
  image_tag  = var.image_tag
  variables = {
    AZURE_AI_ENDPOINT = var.azure_endpoint
  }

  azure_api_key_arn          = module.secrets.azure_api_key_arn
  api_key_arn                = module.secrets.api_key_arn
  secret_key_arn             = module.secrets.secret_key_arn
  database_url_arn           = module.secrets.database_url_arn
  redis_url_arn              = module.secrets.redis_url_arn
  database_master_secret_arn = module.database.master_secret_arn
  database_user_arn          = "${module.database.user_arn_prefix}/wiko_api"
  cache_arn                  = module.cache.connect_arns[0]
  cache_user_arn             = module.cache.connect_arns[1]
  cache_group_id             = module.cache.group_id
  images_bucket_name         = module.images.bucket_name
  images_bucket_arn          = module.images.bucket_arn
}

output "load_balancer" {
  value       = module.service.load_balancer_dns_name
  description = "Where the API's domain has to lead"
}

output "outbound_addresses" {
  value       = module.network.nat_addresses
  description = "Addresses that calls to Azure come from"
}

output "private_subnet_ids" {
  value       = module.network.private_subnet_ids
  description = "Subnets of the tasks, one in each zone"
}
