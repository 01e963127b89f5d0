"""The form on a stock item's page: change what is on hand, and say why."""

from typing import Any
from uuid import UUID

from django import forms
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from inventory_site.domain.models import StockItem
from inventory_site.domain.operations.adjust_stock import MOST_UNITS, Adjustment
from inventory_site.domain.reasons import Reason


class AdjustForm(forms.ModelForm[StockItem]):
    """By so many units, or to the number that was counted; the number on hand that was shown goes along."""

    delta = forms.IntegerField(
        required=False,
        min_value=-MOST_UNITS,
        max_value=MOST_UNITS,
        label="Change by",
        help_text="For example 12 for goods received, −1 for one broken.",
        widget=UnfoldAdminIntegerFieldWidget,
    )
    counted = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=MOST_UNITS,
        label="or counted",
        help_text="Refused if the number on hand moved since this page was opened.",
        widget=UnfoldAdminIntegerFieldWidget,
    )
    seen_on_hand = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.ChoiceField(choices=[("", "Choose …"), *Reason.choices], widget=UnfoldAdminSelectWidget)
    note = forms.CharField(
        required=False,
        max_length=500,
        help_text="What happened; no names of customers.",
        widget=UnfoldAdminTextInputWidget,
    )
    reference = forms.CharField(
        required=False, max_length=120, help_text="Delivery note, count sheet …", widget=UnfoldAdminTextInputWidget
    )

    class Meta:
        model = StockItem
        fields = ("variant", "location")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen_on_hand"].initial = self.instance.on_hand

    def clean(self) -> dict[str, Any]:
        """Either a difference or a count."""
        typed: dict[str, Any] = super().clean() or {}
        if (typed.get("delta") is None) == (typed.get("counted") is None):
            self.add_error("delta", "Give a change, or a counted number.")
        return typed

    def validate_constraints(self) -> None:
        """Nothing: goods may be booked at a stock item that exists already."""

    def adjustment(self, variant_id: UUID, location: str) -> Adjustment:
        """What was typed, for the operation."""
        typed = self.cleaned_data
        counted = typed["counted"]
        return Adjustment(
            variant_id=variant_id,
            location=location,
            delta=typed["delta"],
            counted=counted,
            expected=typed["seen_on_hand"] if counted is not None else None,
            reason=typed["reason"],
            note=typed["note"],
            reference=typed["reference"],
        )
