"""S3: tags of a bucket that are given as it is made, a lifecycle rule's number of newer versions, access logs into a bucket whose policy has a statement for everyone, policies with conditions."""

import re

import xmltodict
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

put_bucket = S3Response._bucket_response_put


def put_with_tags(self, *args, **kwargs):
    """Provider 6 tags a bucket in the call that makes it; moto drops those tags."""
    answer = put_bucket(self, *args, **kwargs)
    body = self.body.decode() if isinstance(self.body, bytes) else self.body
    if "<CreateBucketConfiguration" in (body or ""):
        given = xmltodict.parse(body, force_list=("Tag",))["CreateBucketConfiguration"] or {}
        tags = {tag["Key"]: tag["Value"] for tag in (given.get("Tags") or {}).get("Tag", [])}
        if tags:
            self.backend.put_bucket_tagging(self.bucket_name, tags)
    return answer


S3Response._bucket_response_put = put_with_tags

set_lifecycle = FakeBucket.set_lifecycle
get_lifecycle = S3Response.get_bucket_lifecycle
newer_versions = {}


def remember_newer_versions(self, rules):
    """moto forgets NewerNoncurrentVersions, and the provider waits three minutes to read back what it wrote."""
    for rule in rules:
        newer = (rule.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")
        newer_versions[self.name, rule["ID"]] = newer
    set_lifecycle(self, rules)


def with_newer_versions(self):
    status, headers, body = get_lifecycle(self)
    text = body.decode() if isinstance(body, bytes) else body

    def complete(rule):
        name = re.search("<ID>(.*?)</ID>", rule[0])
        newer = name and newer_versions.get((self.bucket_name, name[1]))
        end = "</NoncurrentVersionExpiration>"
        return rule[0].replace(end, f"<NewerNoncurrentVersions>{newer}</NewerNoncurrentVersions>{end}") if newer else rule[0]

    return status, headers, re.sub("<Rule>.*?</Rule>", complete, text, flags=re.DOTALL)


FakeBucket.set_lifecycle = remember_newer_versions
S3Response.get_bucket_lifecycle = with_newer_versions
# moto's own check stumbles over `"Principal": "*"`; what it looks for, our tests assert.
FakeBucket._log_permissions_enabled_policy = staticmethod(lambda target_bucket, target_prefix: True)


# A bucket's policy is evaluated without its conditions, so "deny what comes without TLS" would deny everything.
FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL
