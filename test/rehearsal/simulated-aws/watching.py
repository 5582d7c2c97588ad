"""Autoscaling and budgets: tags, and who is told, which the provider reads after each create."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.budgets.models import Budget
from moto.budgets.responses import BudgetsResponse

tags = {}
create_budget = BudgetsResponse.create_budget
register_target = ApplicationAutoScalingResponse.register_scalable_target


def create_tagged_budget(self):
    name = self._get_param("Budget")["BudgetName"]
    tags[f"arn:aws:budgets::{self._get_param('AccountId')}:budget/{name}"] = self._get_param("ResourceTags") or []
    return create_budget(self)


def update_budget(self):
    given = self._get_param("NewBudget")
    budgets = self.backend.budgets[self._get_param("AccountId")]
    changed = Budget(given, [])
    changed.notifications = budgets[given["BudgetName"]].notifications
    budgets[given["BudgetName"]] = changed
    return json.dumps({})


def tags_of_budget(self):
    return json.dumps({"ResourceTags": tags.get(self._get_param("ResourceARN"), [])})


def register_tagged_target(self):
    answer = register_target(self)
    given = self._get_param("Tags")
    if given:
        tags[json.loads(answer)["ScalableTargetARN"]] = given
    return answer


def tags_of_target(self):
    return json.dumps({"Tags": tags.get(self._get_param("ResourceARN"), {})})


def describe_subscribers_for_notification(self):
    budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
    wanted = self._get_param("Notification")
    for notification in budget.notifications:
        same = all(notification.details.get(key) == value for key, value in wanted.items() if key != "NotificationState")
        if same:
            return json.dumps({"Subscribers": notification.subscribers})
    return json.dumps({"Subscribers": []})


ApplicationAutoScalingResponse.register_scalable_target = register_tagged_target
ApplicationAutoScalingResponse.list_tags_for_resource = tags_of_target
BudgetsResponse.create_budget = create_tagged_budget
BudgetsResponse.update_budget = update_budget
BudgetsResponse.list_tags_for_resource = tags_of_budget
BudgetsResponse.describe_subscribers_for_notification = describe_subscribers_for_notification
