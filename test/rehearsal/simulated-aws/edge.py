"""CloudFront: publishing functions, policies for headers and caches, and the id of an origin's access control."""

import uuid
from datetime import datetime, timezone

from moto.cloudfront.models import Origin
from moto.cloudfront.responses import CloudFrontResponse
from moto.cloudfront.urls import url_paths
from moto.cloudfront.exceptions import CloudFrontException

from adding import Shelf, answers



def simulate_policies(kind, path):
    """Create, get, update and delete of one kind of policy: `ResponseHeadersPolicy` at /response-headers-policy."""
    policies = Shelf(lambda name: CloudFrontException(f"NoSuch{kind}", f"{name} does not exist."))

    def keep(self, name):
        config = self._get_param(f"{kind}Config")
        policies[name] = {
            kind: {"Id": name, "LastModifiedTime": datetime.now(timezone.utc), f"{kind}Config": config},
            "ETag": uuid.uuid4().hex,
        }
        return policies[name]

    def delete(self):
        policies.pop(self._get_param("Id"), None)
        return {}

    verbs = {
        "create": lambda self: keep(self, str(uuid.uuid4())),
        "update": lambda self: keep(self, self._get_param("Id")),
        "get": lambda self: policies.named(self._get_param("Id"))[0],
        "delete": delete,
    }
    for verb, function in verbs.items():
        function.__name__ = f"{verb}_{path.replace('-', '_')}"
        answers(CloudFrontResponse)(function)
    url_paths["{0}/2020-05-31/" + path + "$"] = CloudFrontResponse.dispatch
    url_paths["{0}/2020-05-31/" + path + "/(?P<policy_id>[^/]+)$"] = CloudFrontResponse.dispatch


simulate_policies("ResponseHeadersPolicy", "response-headers-policy")
simulate_policies("CachePolicy", "cache-policy")
simulate_policies("OriginRequestPolicy", "origin-request-policy")
url_paths["{0}/2020-05-31/function/(?P<function_name>[^/]+)/publish$"] = CloudFrontResponse.dispatch


@answers(CloudFrontResponse)
def publish_function(self):
    return {"FunctionSummary": self.backend.describe_function(name=self._get_param("Name")).function_summary}


make_origin = Origin.__init__


def with_access_control(self, origin):
    make_origin(self, origin)
    self.origin_access_control_id = origin.get("OriginAccessControlId", "")


Origin.__init__ = with_access_control
