"""Reads policy documents (JSON: text by id) and prints what parliament finds in each, as JSON."""

import json
import sys

import parliament



def analyzable(document):
    """parliament asks every statement for a resource; in a trust policy that is the role itself."""
    policy = json.loads(document)
    for statement in policy["Statement"]:
        if "NotResource" not in statement:
            statement.setdefault("Resource", "arn:aws:iam::123456789012:role/wiko")
    return json.dumps(policy)


found = []
for id, document in json.load(sys.stdin).items():
    for finding in parliament.analyze_policy_string(analyzable(document)).findings:
        found.append({"id": id, "issue": finding.issue, "detail": str(finding.detail)})
json.dump(found, sys.stdout)
