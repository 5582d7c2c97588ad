"""ElastiCache: moto has no parameter groups, no user groups, no member clusters of a replication group, no deletion of a subnet group."""

from moto.elasticache.exceptions import ElastiCacheException
from moto.core.responses import ActionResult
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

from adding import Shelf, answers


def not_found(code):
    return lambda name: ElastiCacheException(code, f"{name} not found.")


parameter_groups = Shelf(not_found("CacheParameterGroupNotFound"))
user_groups = Shelf(not_found("UserGroupNotFound"))


def arn(self, kind, name):
    return f"arn:aws:elasticache:{self.region}:{self.current_account}:{kind}:{name}"


def tag(self, name):
    """moto refuses the ARNs of the kinds that it does not know."""
    self.elasticache_backend.tagging_service.tag_resource(name, self._get_params().get("Tags") or [])


ElastiCacheBackend.list_tags_for_resource = lambda self, name: self.tagging_service.list_tags_for_resource(name)


@answers(ElastiCacheResponse)
def create_cache_parameter_group(self):
    given = self._get_params()
    name = given["CacheParameterGroupName"]
    parameter_groups[name] = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": given["CacheParameterGroupFamily"],
        "Description": given["Description"],
        "ARN": arn(self, "parametergroup", name),
        "values": {},
    }
    tag(self, parameter_groups[name]["ARN"])
    return {"CacheParameterGroup": parameter_groups[name]}


@answers(ElastiCacheResponse)
def describe_cache_parameter_groups(self):
    return {"CacheParameterGroups": parameter_groups.named(self._get_params().get("CacheParameterGroupName"))}


@answers(ElastiCacheResponse)
def modify_cache_parameter_group(self):
    given = self._get_params()
    group = parameter_groups.named(given["CacheParameterGroupName"])[0]
    for parameter in given["ParameterNameValues"]:
        group["values"][parameter["ParameterName"]] = parameter["ParameterValue"]
    return {"CacheParameterGroupName": given["CacheParameterGroupName"]}


@answers(ElastiCacheResponse)
def reset_cache_parameter_group(self):
    given = self._get_params()
    group = parameter_groups.named(given["CacheParameterGroupName"])[0]
    for parameter in given.get("ParameterNameValues", []):
        group["values"].pop(parameter["ParameterName"], None)
    return {"CacheParameterGroupName": given["CacheParameterGroupName"]}


@answers(ElastiCacheResponse)
def describe_cache_parameters(self):
    group = parameter_groups.named(self._get_params()["CacheParameterGroupName"])[0]
    values = group["values"].items()
    return {"Parameters": [{"ParameterName": name, "ParameterValue": value, "Source": "user"} for name, value in values]}


@answers(ElastiCacheResponse)
def delete_cache_parameter_group(self):
    parameter_groups.pop(self._get_params()["CacheParameterGroupName"], None)
    return {}


@answers(ElastiCacheResponse)
def create_user_group(self):
    given = self._get_params()
    name = given["UserGroupId"]
    user_groups[name] = {
        "UserGroupId": name,
        "Engine": given["Engine"],
        "UserIds": given.get("UserIds", []),
        "Status": "active",
        "ARN": arn(self, "usergroup", name),
    }
    tag(self, user_groups[name]["ARN"])
    return user_groups[name]


@answers(ElastiCacheResponse)
def describe_user_groups(self):
    return {"UserGroups": user_groups.named(self._get_params().get("UserGroupId"))}


@answers(ElastiCacheResponse)
def modify_user_group(self):
    given = self._get_params()
    group = user_groups.named(given["UserGroupId"])[0]
    kept = [user for user in group["UserIds"] if user not in given.get("UserIdsToRemove", [])]
    group["UserIds"] = kept + given.get("UserIdsToAdd", [])
    return group


@answers(ElastiCacheResponse)
def delete_user_group(self):
    group = user_groups.named(self._get_params()["UserGroupId"])[0]
    del user_groups[group["UserGroupId"]]
    return group


@answers(ElastiCacheResponse)
def delete_cache_subnet_group(self):
    self.elasticache_backend.cache_subnet_groups.pop(self._get_params()["CacheSubnetGroupName"], None)
    return {}


known_cluster = ElastiCacheResponse.describe_cache_clusters
create_group = ElastiCacheResponse.create_replication_group
created_with = {}


def create_replication_group(self):
    """moto makes one member whatever number is asked for, and forgets what belongs to the members."""
    given = self._get_params()
    name = given["ReplicationGroupId"]
    created_with[name] = given
    answer = create_group(self)
    group = answer.result["ReplicationGroup"]
    group.member_clusters = [f"{name}-{number:03}" for number in range(1, int(given.get("NumCacheClusters") or 1) + 1)]
    group.transit_encryption_mode = given.get("TransitEncryptionMode")
    return answer


delete_group = ElastiCacheResponse.delete_replication_group


def delete_at_once(self):
    """In moto a deleted group stays "deleting" for good."""
    answer = delete_group(self)
    self.elasticache_backend.replication_groups.pop(self._get_params()["ReplicationGroupId"])
    return answer


ElastiCacheResponse.create_replication_group = create_replication_group

ElastiCacheResponse.delete_replication_group = delete_at_once


def describe_cache_clusters(self):
    """The provider reads a replication group's version, parameter group and windows from its member clusters."""
    name = self._get_params().get("CacheClusterId")
    for group in self.elasticache_backend.replication_groups.values():
        if name in group.member_clusters:
            return ActionResult(members(self, name, created_with[group.replication_group_id]))
    return known_cluster(self)


def members(self, name, given):
    version = given.get("EngineVersion")
    return {
        "CacheClusters": [
            {
                "CacheClusterId": name,
                "ARN": arn(self, "cluster", name),
                "CacheClusterStatus": "available",
                "ReplicationGroupId": given["ReplicationGroupId"],
                "CacheNodeType": given.get("CacheNodeType"),
                "Engine": given.get("Engine"),
                "EngineVersion": f"{version}.0" if version and version.count(".") == 1 else version,
                "AutoMinorVersionUpgrade": True,
                "PreferredMaintenanceWindow": given.get("PreferredMaintenanceWindow"),
                "SnapshotRetentionLimit": int(given.get("SnapshotRetentionLimit") or 0),
                "SnapshotWindow": given.get("SnapshotWindow"),
                "CacheSubnetGroupName": given.get("CacheSubnetGroupName"),
                "CacheParameterGroup": {"CacheParameterGroupName": given.get("CacheParameterGroupName")},
                "SecurityGroups": [
                    {"SecurityGroupId": group, "Status": "active"} for group in given.get("SecurityGroupIds") or []
                ],
                "TransitEncryptionEnabled": True,
                "TransitEncryptionMode": given.get("TransitEncryptionMode"),
                "AtRestEncryptionEnabled": True,
                "NumCacheNodes": 1,
            }
        ]
    }


ElastiCacheResponse.describe_cache_clusters = describe_cache_clusters


@answers(ElastiCacheResponse)
def test_failover(self):
    """moto lacks it; here the group stays available, as one whose failover is over."""
    group = self.elasticache_backend.replication_groups[self._get_params()["ReplicationGroupId"]]
    return {"ReplicationGroup": {"ReplicationGroupId": group.replication_group_id, "Status": "available"}}
