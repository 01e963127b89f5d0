"""The bar above a list, with room for a reason."""

from django import forms
from django.http import HttpRequest
from unfold.forms import ActionForm

_LOOK = "rounded-default bg-white/20 px-2 py-1 font-medium placeholder:text-white/80 grow lg:w-72"


class WhyForm(ActionForm):  # type: ignore[misc]  # Unfold ships no types
    """Choose an action and say why."""

    why = forms.CharField(
        required=False,
        max_length=300,
        label="",
        widget=forms.TextInput({"placeholder": "Reason", "aria-label": "Reason", "class": _LOOK, "x-show": "action"}),
    )


def why_of(request: HttpRequest) -> str:
    """The reason typed beside the action."""
    return request.POST.get("why", "").strip()
