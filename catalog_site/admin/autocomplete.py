"""Choosing among many rows: a select that asks the server while one types."""

from collections.abc import Mapping
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.db.models import Model


class RememberingSelect(AutocompleteSelectMultiple):
    """Of rows already loaded it shows the names without asking the database again, row by row of an inline."""

    known: Mapping[str, Model] = {}

    def optgroups(self, name: str, value: list[str], attr: Any = None) -> list[Any]:
        """The chosen ones as options."""
        if not all(str(one) in self.known for one in value):
            return super().optgroups(name, value, attr)  # type: ignore[no-any-return,misc]  # after a refused form
        label: Any = self.choices.field.label_from_instance  # type: ignore[union-attr]  # a ModelChoiceIterator
        options = [
            self.create_option(name, one, label(self.known[str(one)]), True, place)  # type: ignore[arg-type]
            for place, one in enumerate(value)
        ]
        return [(None, options, 0)]
