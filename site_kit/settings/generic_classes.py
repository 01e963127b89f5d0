"""Lets `ModelAdmin[Product]` be written at run time, where Django has the class but not yet the brackets.

The stubs know these classes as generic; without this every such annotation would have to be a string.
"""

from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.paginator import Paginator
from django.db.models.fields import Field
from django.forms.formsets import BaseFormSet
from django.forms.models import BaseModelForm, ModelChoiceField
from django.views import View


def _plain(cls: type[Any], item: Any) -> type[Any]:
    return cls


for _django_class in (BaseModelAdmin, BaseModelForm, BaseFormSet, Field, ModelChoiceField, Paginator, View):
    if "__class_getitem__" not in _django_class.__dict__:
        _django_class.__class_getitem__ = classmethod(_plain)  # type: ignore[attr-defined]
