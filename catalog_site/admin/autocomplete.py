"""Choosing among many rows: a select that asks the server while one types."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import Model


class RememberingSelect(AutocompleteSelectMultiple):
    """Of rows already loaded it shows the names without asking the database again, row by row of an inline.

    `known` is set for one request, on the widget of that request's form class.
    """

    known: ClassVar[Mapping[str, Model]] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        """The chosen ones as options."""
        if not all(str(one) in self.known for one in value):
            return super().optgroups(name, value, attr)  # a refused form may hold others
        choices: Any = self.choices
        options = [
            self.create_option(name, one, choices.field.label_from_instance(self.known[str(one)]), True, place)
            for place, one in enumerate(value)
        ]
        return [(None, options, 0)]
