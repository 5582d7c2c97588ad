# Import blocks for what the deployment guide makes by hand, for the stack prod: see ../import.md.
# Copy to cdktf.out/stacks/prod/imports.tf, put your own values for <...>, and delete the blocks of what you do not have.

# Guide 2.3. Versioning, encryption and lifecycle need no block: setting them again changes nothing.
import {
  to = module.images.aws_s3_bucket.images
  id = "wiko-defect-images-prod"
}

# Guide 3.3
import {
  to = module.website.aws_s3_bucket.web
  id = "wiko-frontend-prod"
}

# Guide 3.5: aws cloudfront list-distributions --query "DistributionList.Items[?Comment=='Wiko Defect Analyzer Frontend'].Id"
import {
  to = module.website.aws_cloudfront_distribution.main
  id = "<distribution id>"
}

# Guide 3.6: with the zone's id in the setting domains.web.zoneId
import {
  to = module.web_address.aws_route53_record.a
  id = "<zone id>_defect-analyzer.wiko.com_A"
}

# Guide 4.1: aws secretsmanager list-secrets --filters Key=name,Values=wiko/ --query 'SecretList[].[Name,ARN]'
import {
  to = module.secrets.aws_secretsmanager_secret.azure_api_key
  id = "<ARN of wiko/azure-api-key>"
}
import {
  to = module.secrets.aws_secretsmanager_secret.api_key
  id = "<ARN of wiko/api-key>"
}
import {
  to = module.secrets.aws_secretsmanager_secret.secret_key
  id = "<ARN of wiko/secret-key>"
}
import {
  to = module.secrets.aws_secretsmanager_secret.database_url
  id = "<ARN of wiko/database-url>"
}
import {
  to = module.secrets.aws_secretsmanager_secret.redis_url
  id = "<ARN of wiko/redis-url>"
}

# Guide 6.1
import {
  to = module.service.aws_cloudwatch_log_group.logs
  id = "/ecs/wiko-defect-analyzer"
}

# Guide 6.2
import {
  to = module.monitoring.aws_sns_topic.alerts
  id = "arn:aws:sns:us-east-1:<account id>:wiko-alerts"
}

# Guide 2.5
import {
  to = module.service.aws_ecs_cluster.cluster
  id = "wiko-defect-analyzer-prod"
}
