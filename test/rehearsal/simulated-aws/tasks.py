"""ECS: settings that moto drops when a service is created, and tasks that run as soon as they are wanted. Lambda: where logs go.

SIMULATED_TASKS may name an address that makes the tasks run: it is told of each deployment, which is over when it answers.
"""

import json
import os
import threading
import urllib.error
import urllib.request

from moto.awslambda.models import LambdaFunction
from moto.core.utils import camelcase_to_underscores
from moto.ecs.responses import EC2ContainerServiceResponse

from adding import answers

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


def settle(service, replaced=True):
    """The deployment that Terraform waits for is done at once, or later, when whoever runs the tasks says so."""
    address = os.environ.get("SIMULATED_TASKS")
    if not (replaced and address):
        finish(service)
        return
    ran = service.running_count
    service.running_count = 0
    service.pending_count = service.desired_count
    service.deployments[0].update(rolloutState="IN_PROGRESS", pendingCount=service.desired_count, runningCount=0)

    def deploy():
        reason = run_tasks(address, service.task_definition)
        if reason is None:
            finish(service)
            return
        # The circuit breaker keeps the tasks that ran.
        service.running_count = ran
        service.pending_count = 0
        service.deployments[0].update(
            pendingCount=0,
            runningCount=ran,
            rolloutState="FAILED",
            rolloutStateReason=reason,
            taskDefinition=service.task_definition,
        )

    threading.Thread(target=deploy, daemon=True).start()


def finish(service):
    service.running_count = service.desired_count
    service.pending_count = 0
    service.deployments[0].update(
        desiredCount=service.desired_count,
        runningCount=service.desired_count,
        pendingCount=0,
        rolloutState="COMPLETED",
        taskDefinition=service.task_definition,
    )


def run_tasks(address, task_definition):
    """Why they do not run; None: they do."""
    body = json.dumps({"taskDefinition": task_definition}).encode()
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        direct.open(urllib.request.Request(address, data=body, method="POST"), timeout=600).close()
        return None
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError as error:
        return str(error)


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
    given = self._get_params()
    settle(answer.result["service"], "taskDefinition" in given or given.get("forceNewDeployment", False))
    return answer


EC2ContainerServiceResponse.create_service = create_with_all_settings
EC2ContainerServiceResponse.update_service = update_and_settle

STATUS = {"IN_PROGRESS": "IN_PROGRESS", "COMPLETED": "SUCCESSFUL", "FAILED": "ROLLBACK_SUCCESSFUL"}


def deployment_of(self, cluster, name):
    """A service's newest deployment, as provider 6 asks for it while it waits: moto has no service deployments."""
    service = self.ecs_backend.describe_services(cluster, [name])[0][0]
    newest = service.deployments[0]
    number = newest["id"].split("/")[-1]
    place = f"{self.region}:{self.current_account}"
    path = f"{service.cluster_name}/{service.name}"
    revision = f"arn:aws:ecs:{place}:service-revision/{path}/{number}"
    return {
        "serviceDeploymentArn": f"arn:aws:ecs:{place}:service-deployment/{path}/{number}",
        "serviceArn": service.arn,
        "clusterArn": service.cluster_arn,
        "createdAt": newest["createdAt"],
        "startedAt": newest["createdAt"],
        "finishedAt": newest["updatedAt"],
        "targetServiceRevisionArn": revision,
        "targetServiceRevision": {"arn": revision},
        "status": STATUS[newest["rolloutState"]],
        "statusReason": newest["rolloutStateReason"],
    }


@answers(EC2ContainerServiceResponse)
def list_service_deployments(self):
    return {"serviceDeployments": [deployment_of(self, self._get_param("cluster", "default"), self._get_param("service"))]}


@answers(EC2ContainerServiceResponse)
def describe_service_deployments(self):
    paths = [arn.split(":service-deployment/")[1].split("/") for arn in self._get_param("serviceDeploymentArns")]
    return {"serviceDeployments": [deployment_of(self, cluster, name) for cluster, name, _ in paths], "failures": []}


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
