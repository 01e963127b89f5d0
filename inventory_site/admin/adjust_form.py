"""The form with which staff change a number on hand."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from inventory_site.domain.models import StockItem
from inventory_site.domain.reasons import Reason


class AdjustForm(forms.ModelForm[StockItem]):
    """Either a difference, or what was counted; a count is judged against the number the person had before them."""

    delta = forms.IntegerField(
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Change by",
        help_text="Units that came (12) or went (-3).",
    )
    counted = forms.IntegerField(
        required=False,
        min_value=0,
        widget=UnfoldAdminIntegerFieldWidget,
        label="Or: counted",
        help_text="Units you found on the shelf, promised ones too.",
    )
    reason = forms.ChoiceField(choices=Reason.choices, initial=Reason.COUNTED, widget=UnfoldAdminSelectWidget)
    reference = forms.CharField(
        required=False, max_length=120, widget=UnfoldAdminTextInputWidget, help_text="A delivery note, a ticket."
    )
    note = forms.CharField(required=False, max_length=500, widget=UnfoldAdminTextInputWidget)
    expected = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = StockItem
        fields = ("variant", "location")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["expected"] = self.instance.on_hand

    def clean(self) -> dict[str, Any] | None:
        """One of the two numbers, not both."""
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("delta", "counted") if cleaned.get(name) is not None]
        if len(given) != 1 and not self.errors:
            raise ValidationError("Say by how much it changes, or what was counted: one of the two.")
        return cleaned
