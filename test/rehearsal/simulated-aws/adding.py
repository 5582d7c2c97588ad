"""How calls are added to a moto service."""

from moto.core.responses import ActionResult


def answers(response_class):
    """Adds a function to a moto response class as the action of its name; it gets the response object and returns the API's members."""

    def add(function):
        setattr(response_class, function.__name__, lambda self: ActionResult(function(self)))
        return function

    return add


class Shelf(dict):
    """Things of one kind by name, of one account (all tests use moto's only one)."""

    def __init__(self, missing):
        super().__init__()
        self.missing = missing

    def named(self, name):
        """One or all, as Describe calls want it; the service's own error where there is none."""
        if name is None:
            return list(self.values())
        if name not in self:
            raise self.missing(name)
        return [self[name]]
