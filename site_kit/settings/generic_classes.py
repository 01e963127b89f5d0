"""Lets `ModelAdmin[Product]` be written at run time, where Django has the class but not yet the brackets.

The stubs know these classes as generic; without this every such annotation would have to be a string.
"""

from typing import Any

from django.db.models.fields import Field

from site_kit.settings.process_kind import has_pages


def _plain(cls: type[Any], item: Any) -> type[Any]:
    return cls


def _of_pages() -> tuple[Any, ...]:
    from django.contrib.admin.options import BaseModelAdmin
    from django.core.paginator import Paginator
    from django.forms.formsets import BaseFormSet
    from django.forms.models import BaseModelForm, ModelChoiceField
    from django.views import View

    return BaseModelAdmin, BaseFormSet, BaseModelForm, ModelChoiceField, Paginator, View


def make_generic() -> None:
    """Give the classes their brackets; safe to repeat."""
    for django_class in (Field, *(_of_pages() if has_pages() else ())):
        if "__class_getitem__" not in django_class.__dict__:
            django_class.__class_getitem__ = classmethod(_plain)


make_generic()
