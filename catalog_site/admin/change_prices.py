"""Changing the prices of many products: one question between the list and the deed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminSelectWidget

from catalog_site.domain.models import Product
from catalog_site.domain.operations.change_prices_by_percent import HIGHEST, LOWEST, change_prices_by_percent
from site_kit.backoffice.model_admin import refusals_shown

MOST = 500


class PercentForm(forms.Form):
    """By how much, and in which currency."""

    percent = forms.DecimalField(
        min_value=LOWEST,
        max_value=HIGHEST,
        max_digits=6,
        decimal_places=2,
        help_text="10 raises by a tenth, −10 cuts by a tenth. Each price is rounded to its currency's coins.",
        widget=UnfoldAdminDecimalFieldWidget,
    )
    currency = forms.ChoiceField(
        required=False,
        choices=[("", "All currencies"), *((code, code) for code in settings.CATALOG_CURRENCIES)],
        widget=UnfoldAdminSelectWidget,
    )


def ask_for_percent(window: Any, request: HttpRequest, chosen: QuerySet[Product]) -> HttpResponse | None:
    """The page that asks, or None once it is done and the list may come back."""
    ids = list(chosen.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(ids) > MOST:
        messages.error(request, f"At most {MOST} products at once: narrow the list first.")
        return None
    form = PercentForm(request.POST if "percent" in request.POST else None)
    if form.is_valid():
        percent: Decimal = form.cleaned_data["percent"]
        with refusals_shown(request):
            moved = change_prices_by_percent(
                product_ids=ids, percent=percent, currency=form.cleaned_data["currency"] or None
            )
            messages.success(request, f"{moved} prices changed by {percent} %.")
        return None
    context = {
        **window.admin_site.each_context(request),
        "title": f"Change the prices of {len(ids)} products",
        "form": form,
        "opts": window.opts,
        "ids": ids,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "catalog_site/change_prices.html", context)
