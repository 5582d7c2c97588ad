"""Permission checks for calls in the name of a role, where SIMULATED_PERMISSIONS is set. Calls with other credentials pass.

moto's own checks (INITIAL_NO_AUTH_ACTION_COUNT) cannot judge our policies: it takes a condition that it does not know for a denial, also in a
statement that allows; takes a denial with NotResource for a permission; and gives most calls no resource. So this evaluates them: effects,
actions, and for IAM and S3 resources and the conditions on tags of roles and on the permissions boundary. Of other services it knows neither
resource nor tags: there a statement on named resources or tags allows, and does not deny.
"""

import json
import os
from fnmatch import fnmatchcase
from urllib.parse import unquote

from moto.core.authorization import ActionAuthenticatorMixin
from moto.core.exceptions import JsonRESTError
from moto.iam.access_control import AccessDeniedError, IAMPolicy, S3AccessDeniedError, S3IAMRequest
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

ACCOUNT = "123456789012"
# SIMULATED_PERMISSIONS_BUT names actions that pass all the same, such as what an older provider asks for.
always = {"sts:GetCallerIdentity", *os.environ.get("SIMULATED_PERMISSIONS_BUT", "").split()}


def taken_role(headers):
    token = headers.get("X-Amz-Security-Token")
    for taken in sts_backends[ACCOUNT]["aws"].assumed_roles:
        if token and taken.session_token == token:
            return iam_backends[ACCOUNT]["aws"].get_role_by_arn(taken.role_arn)
    return None


def listed(value):
    return value if isinstance(value, list) else [value]


def matches(patterns, value):
    return any(fnmatchcase(value.lower(), pattern.lower()) for pattern in listed(patterns))


def context_of(call, action):
    """Resource and condition keys of a call to IAM, as far as our policies ask for them."""
    name = call._get_param("RoleName")
    if not name:
        return "*", {}
    resource = f"arn:aws:iam::{ACCOUNT}:role/{name}"
    role = next((one for one in iam_backends[ACCOUNT]["aws"].roles.values() if one.name == name), None)
    tags = call._get_param("Tags") if action == "iam:CreateRole" else None
    keys = {f"aws:RequestTag/{tag['Key']}": tag["Value"] for tag in tags or []}
    keys["iam:PermissionsBoundary"] = call._get_param("PermissionsBoundary") or (role and role.permissions_boundary_arn)
    for tag in iam_backends[ACCOUNT]["aws"].list_role_tags(name, None)[0] if role else []:
        keys[f"aws:ResourceTag/{tag['Key']}"] = tag["Value"]
    return resource, keys


def applies(statement, action, resource, keys):
    """Whether a statement is about this call; `keys` is None where nobody knows them."""
    concerned = matches(statement["Action"], action) if "Action" in statement else not matches(statement["NotAction"], action)
    if not concerned:
        return False
    unknown = statement["Effect"] == "Allow"
    if "NotResource" in statement:
        if resource is None:
            return unknown
        if matches(statement["NotResource"], resource):
            return False
    elif listed(statement["Resource"]) != ["*"]:
        if resource is None:
            return unknown
        if not matches(statement["Resource"], resource):
            return False
    conditions = [pair for group in statement.get("Condition", {}).values() for pair in group.items()]
    if conditions and keys is None:
        return unknown
    return all(keys.get(key) in listed(wanted) for key, wanted in conditions)


def permitted(role, action, resource, keys):
    backend = iam_backends[ACCOUNT]["aws"]
    documents = [backend.get_role_policy(role.name, name)[1] for name in backend.list_role_policies(role.name)]
    documents += backend.list_attached_role_policies(role.name)[0]
    effects = set()
    for document in documents:
        for statement in listed(IAMPolicy(document)._policy_json["Statement"]):
            if applies(statement, action, resource, keys):
                effects.add(statement["Effect"])
    return effects == {"Allow"}


def authorize(self, iam_request_cls, resource="*"):
    role = taken_role(self.headers)
    if role is None:
        return
    service = self.headers["Authorization"].split("Credential=")[1].split("/")[3]
    action = self._get_action()
    action = f"{service}:{action[0] if isinstance(action, list) else action}"
    if service == "iam":
        resource, keys = context_of(self, action)
    elif iam_request_cls is S3IAMRequest:
        resource, keys = unquote(resource), None
    else:
        resource, keys = None, None
    if action in always or permitted(role, action, resource, keys):
        return
    print(f"DENIED {action} {resource} {json.dumps(keys)}", flush=True)
    if iam_request_cls is S3IAMRequest:
        raise S3AccessDeniedError()
    if "json" in self.headers.get("Content-Type", ""):
        raise JsonRESTError("AccessDeniedException", f"{role.arn} is not authorized to perform: {action}")
    raise AccessDeniedError(user_arn=role.arn, action=action)


if os.environ.get("SIMULATED_PERMISSIONS"):
    ActionAuthenticatorMixin._authenticate_and_authorize_action = authorize
