"""ECS: settings that moto drops when a service is created, and tasks that run as soon as they are wanted. Lambda: where logs go."""

from moto.awslambda.models import LambdaFunction
from moto.core.utils import camelcase_to_underscores
from moto.ecs.responses import EC2ContainerServiceResponse

create_service = EC2ContainerServiceResponse.create_service
update_service = EC2ContainerServiceResponse.update_service
dropped = [
    "availabilityZoneRebalancing",
    "capacityProviderStrategy",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "platformVersion",
]


def settle(service):
    """The deployment that Terraform waits for is done at once."""
    service.running_count = service.desired_count
    service.pending_count = 0
    service.deployments[0].update(
        desiredCount=service.desired_count,
        runningCount=service.desired_count,
        pendingCount=0,
        rolloutState="COMPLETED",
        taskDefinition=service.task_definition,
    )


def create_with_all_settings(self):
    answer = create_service(self)
    service = answer.result["service"]
    given = self._get_params()
    for name in dropped:
        if name in given:
            setattr(service, "enable_ecs_managed_tags" if name == "enableECSManagedTags" else camelcase_to_underscores(name), given[name])
    settle(service)
    return answer


def update_and_settle(self):
    answer = update_service(self)
    settle(answer.result["service"])
    return answer


EC2ContainerServiceResponse.create_service = create_with_all_settings
EC2ContainerServiceResponse.update_service = update_and_settle

make_function = LambdaFunction.__init__
configuration = LambdaFunction.get_configuration


def make_with_logging(self, account_id, spec, *args, **kwargs):
    self.logging_config = spec.get("LoggingConfig")
    make_function(self, account_id, spec, *args, **kwargs)


def with_logging(self, *args, **kwargs):
    answer = configuration(self, *args, **kwargs)
    return answer | {"LoggingConfig": self.logging_config} if self.logging_config else answer


LambdaFunction.__init__ = make_with_logging
LambdaFunction.get_configuration = with_logging
