"""RDS: settings of an instance that moto drops, and whose parameters a parameter group holds."""

from moto.rds.models import DBParameterGroup
from moto.rds.responses import RDSResponse

create_instance = RDSResponse.create_db_instance
update_parameters = DBParameterGroup.update_parameters
dropped = {
    "EngineLifecycleSupport": "engine_lifecycle_support",
    "DatabaseInsightsMode": "database_insights_mode",
    "EnablePerformanceInsights": "performance_insights_enabled",
    "PerformanceInsightsKMSKeyId": "performance_insights_kms_key_id",
    "PerformanceInsightsRetentionPeriod": "performance_insights_retention_period",
}


def create_with_all_settings(self):
    given = {attribute: self.params.get(name) for name, attribute in dropped.items()}
    answer = create_instance(self)
    for attribute, value in given.items():
        setattr(answer.result["DBInstance"], attribute, value)
    return answer


def update_as_user(self, parameters):
    """The provider reads back only what a user has set."""
    update_parameters(self, [{**parameter, "Source": "user"} for parameter in parameters])


RDSResponse.create_db_instance = create_with_all_settings
DBParameterGroup.update_parameters = update_as_user
