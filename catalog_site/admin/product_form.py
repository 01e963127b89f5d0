"""The forms of the product page: a product, and a row per variant with a column per currency of the shop."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanSwitchWidget,
)

from catalog_site.admin.autocomplete import RememberingSelect
from catalog_site.domain.drafts import OptionChoice, VariantDraft
from catalog_site.domain.models import AttributeOption, Category, Product, Variant
from catalog_site.domain.money import CURRENCY_DECIMALS, Money, amount_text
from catalog_site.domain.picture_redraw import MAX_BYTES


def _wide(width: str) -> dict[str, str]:
    """Attributes of a cell that must not be squeezed by its neighbours."""
    return {"style": f"min-width: {width}"}


class JudgedByOperation(forms.ModelForm[Any]):
    """A form that leaves rules about rows to the operation, so that each has one address and one sentence."""

    def _get_validation_exclusions(self) -> set[str]:
        return {field.name for field in self._meta.model._meta.fields}


class ProductForm(JudgedByOperation):
    """A product, its shelves and its picture; remembers the revision it shows."""

    slug = forms.CharField(
        max_length=120,
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text="Readable part of the address. Left empty, it is made from the name.",
    )
    shelves = forms.ModelMultipleChoiceField(
        Category.objects,
        required=False,
        label="Categories",
        widget=RememberingSelect(Product._meta.get_field("categories"), admin.site),
    )
    new_picture = forms.FileField(
        required=False,
        widget=UnfoldAdminFileFieldWidget,
        label="Upload a picture",
        help_text=f"JPEG, PNG or WebP, at most {MAX_BYTES // 1_000_000} MB; replaces the one there is.",
    )
    remove_picture = forms.BooleanField(required=False, widget=UnfoldBooleanSwitchWidget)
    seen_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Product
        fields: ClassVar[list[str]] = ["name", "slug", "brand", "status", "description", "picture_alt"]
        labels: ClassVar[dict[str, str]] = {"picture_alt": "What it shows"}
        help_texts: ClassVar[dict[str, str]] = {"picture_alt": "Read aloud to people who cannot see the picture."}
        widgets: ClassVar[dict[str, Any]] = {"description": UnfoldAdminTextareaWidget(attrs={"rows": 4})}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.instance.created_at:
            self.initial["seen_revision"] = self.instance.revision
            self.initial["shelves"] = list(self.instance.categories.all())

    def clean_new_picture(self) -> Any:
        """Refuse what is too large before it is read into memory."""
        picture = self.cleaned_data["new_picture"]
        if picture and picture.size > MAX_BYTES:
            raise forms.ValidationError(f"A picture has at most {MAX_BYTES // 1_000_000} MB.")
        return picture


def price_field(currency: str) -> str:
    """The name of a currency's column."""
    return f"price_{currency.lower()}"


class VariantForm(JudgedByOperation):
    """A variant as a row: options by name, one price per currency of the shop.

    Prices in other currencies (set through the API) have no column and stay as they are.
    """

    options = forms.ModelMultipleChoiceField(
        AttributeOption.objects.select_related("attribute"),
        required=False,
        widget=RememberingSelect(Variant._meta.get_field("options"), admin.site),
    )

    class Meta:
        model = Variant
        fields: ClassVar[list[str]] = ["sku", "name", "options", "barcode", "weight_g", "active", "position"]
        widgets: ClassVar[dict[str, Any]] = {
            "sku": UnfoldAdminTextInputWidget(attrs=_wide("9rem")),
            "name": UnfoldAdminTextInputWidget(attrs=_wide("5.5rem")),
            "barcode": UnfoldAdminTextInputWidget(attrs={**_wide("8.5rem"), "inputmode": "numeric"}),
            "weight_g": UnfoldAdminIntegerFieldWidget(attrs=_wide("4.5rem")),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.instance.product_id and not self.instance._state.adding:
            self.initial["options"] = list(self.instance.options.all())
            for price in self.instance.prices.all():
                self.initial[price_field(price.currency)] = amount_text(price.currency, price.amount)

    def draft(self) -> VariantDraft:
        """What the row wishes for. Raises the refusals of `Money`."""
        typed = self.cleaned_data
        known = not self.instance._state.adding
        return VariantDraft(
            variant_id=self.instance.id if known else None,
            sku=typed["sku"],
            name=typed["name"],
            barcode=typed["barcode"],
            active=typed["active"],
            weight_g=typed["weight_g"],
            options=tuple(OptionChoice(option.attribute.code, option.code) for option in typed["options"]),
            prices=(*self._typed_prices(), *(self._other_prices() if known else ())),
        )

    def _typed_prices(self) -> list[Money]:
        amounts = {currency: self.cleaned_data.get(price_field(currency)) for currency in settings.CATALOG_CURRENCIES}
        return [Money(currency, amount) for currency, amount in amounts.items() if amount is not None]

    def _other_prices(self) -> list[Money]:
        others = (price for price in self.instance.prices.all() if price.currency not in settings.CATALOG_CURRENCIES)
        return [Money(price.currency, price.amount) for price in others]


def variant_form() -> type[VariantForm]:
    """`VariantForm` with a column per currency of the shop."""
    columns = {price_field(currency): _amount(currency) for currency in settings.CATALOG_CURRENCIES}
    return type("PricedVariantForm", (VariantForm,), columns)


def _amount(currency: str) -> forms.DecimalField:
    decimals = CURRENCY_DECIMALS[currency]
    return forms.DecimalField(
        label=currency,
        required=False,
        max_digits=18,
        decimal_places=decimals,
        min_value=Decimal(0),
        widget=UnfoldAdminDecimalFieldWidget(attrs={**_wide("5rem"), "inputmode": "decimal"}),
    )
