"""The window on products: what an editor works in all day."""

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from catalog_site.admin.change_prices import ask_for_percent
from catalog_site.admin.product_filters import AttentionFilter, CategoryFilter, ChangedFilter
from catalog_site.admin.product_form import ProductForm
from catalog_site.admin.variant_inline import VariantInline
from catalog_site.domain.drafts import ProductChanges, ProductDraft, VariantDraft
from catalog_site.domain.errors import CatalogError
from catalog_site.domain.models import Product, Status
from catalog_site.domain.money import amount_text
from catalog_site.domain.operations.change_status import change_status
from catalog_site.domain.operations.create_product import create_product
from catalog_site.domain.operations.delete_product import delete_product
from catalog_site.domain.operations.edit_product import edit_product
from catalog_site.domain.operations.put_picture import put_picture, remove_picture
from catalog_site.domain.search_queries import search_products
from site_kit.backoffice.model_admin import SiteModelAdmin

TONES = {"Draft": "info", "Active": "success", "Archived": "warning"}
FIELDS = ("name", "slug", "brand", "status", "description", "picture_alt")


@admin.register(Product)
class ProductAdmin(SiteModelAdmin[Product]):
    """A product with its variants, prices and picture on one page; saved by one operation."""

    icon = "sell"
    form = ProductForm
    inlines = (VariantInline,)
    list_display = ("title", "state", "brand", "price_from", "in_stock", "updated_at")
    list_display_links = ("title",)
    list_filter: ClassVar[Sequence[Any]] = (
        ("status", ChoicesDropdownFilter),
        CategoryFilter,
        AttentionFilter,
        ChangedFilter,
    )
    list_filter_submit = True
    show_facets = admin.ShowFacets.NEVER  # each would count the whole table
    list_select_related = ()
    search_fields = ("name",)
    search_help_text = "Name, SKU, barcode, brand or description"
    sortable_by = ("title", "updated_at")
    ordering = ("-updated_at", "-id")
    readonly_fields = ("preview", "in_stock", "published_at", "updated_at", "told")
    actions = ("publish", "archive", "back_to_draft", "change_prices")
    add_fieldsets: ClassVar[Sequence[Any]] = (
        (None, {"fields": (("name", "brand"), ("slug", "status"), "shelves", "description")}),
        ("Picture", {"fields": ("new_picture", "picture_alt")}),
    )
    fieldsets: ClassVar[Sequence[Any]] = (
        (None, {"fields": (("name", "brand"), ("slug", "status"), "shelves", "description", "seen_revision")}),
        ("Picture", {"fields": ("preview", "new_picture", ("picture_alt", "remove_picture"))}),
        ("Life", {"fields": (("in_stock", "told"), ("published_at", "updated_at"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        """Products with what the list and the form show of their neighbours."""
        rows: QuerySet[Product] = super().get_queryset(request).defer("description").prefetch_related("list_prices")
        return rows

    def get_fieldsets(self, request: HttpRequest, obj: Product | None = None) -> Sequence[Any]:
        """A new product has no picture to remove and no life behind it."""
        return self.fieldsets if obj else self.add_fieldsets

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Product], search_term: str
    ) -> tuple[QuerySet[Product], bool]:
        """The shop's own search: staff find what customers find."""
        if not search_term.strip():
            return queryset, False
        return queryset.filter(id__in=search_products(search_term).values("id")), False

    @display(description="Product", header=True, ordering="name")
    def title(self, product: Product) -> list[Any]:
        """Picture, name and address."""
        picture = {"path": picture_path(product, small=True), "squared": True, "width": 40, "height": 40}
        return [product.name, product.slug, product.name[:2].upper(), picture if product.picture else {}]

    @display(description="Status", label=TONES)
    def state(self, product: Product) -> str:
        """The status as a label."""
        return str(Status(product.status).label)

    @admin.display(description="Prices from")
    def price_from(self, product: Product) -> str:
        """The lowest price in each currency."""
        spans = sorted(product.list_prices.all(), key=lambda row: row.currency)
        return " · ".join(f"{amount_text(row.currency, row.lowest)} {row.currency}" for row in spans) or "–"

    @admin.display(description="")
    def preview(self, product: Product) -> SafeString | str:
        """The picture there is."""
        if not product.picture:
            return "–"
        return format_html(
            '<img src="{}" alt="{}" width="200" class="rounded">',
            picture_path(product, small=True),
            product.picture_alt or product.name,
        )

    @display(description="Other sites were told")
    def told(self, product: Product) -> SafeString:
        """Where everything said about this product stands, with who and why."""
        address = f"{reverse('admin:messaging_loggedevent_changelist')}?{urlencode({'q': str(product.pk)})}"
        return format_html(
            '<a href="{}" class="text-primary-600 dark:text-primary-500">Open the event log</a>', address
        )

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        """Nothing yet: product and variants are one operation, in `save_related`."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Call the operation with the product and its rows; the log of the page gets to know what changed."""
        for formset in formsets:
            formset.save(commit=False)
        form.drafts = variant_drafts(formsets)
        saved = self.through_operation(request, form, form.instance if change else None)
        form.instance.__dict__.update(saved.__dict__)

    def through_operation(self, request: HttpRequest, form: Any, known: Product | None) -> Product:
        """Make or change the product with everything on its page."""
        typed = form.cleaned_data
        own = {name: typed[name] for name in FIELDS if name in typed}
        own["category_ids"] = tuple(category.id for category in typed["shelves"])
        product = self._changed(known, own, form) if known else self._made(own, form.drafts)
        if typed.get("new_picture"):
            return put_picture(product_id=product.id, data=typed["new_picture"].read(), alt=typed["picture_alt"])
        return remove_picture(product_id=product.id) if typed.get("remove_picture") else product

    def _made(self, own: dict[str, Any], drafts: tuple[VariantDraft, ...]) -> Product:
        own.pop("picture_alt")  # comes with the picture
        return create_product(draft=ProductDraft(**own, variants=drafts))

    def _changed(self, known: Product, own: dict[str, Any], form: Any) -> Product:
        if not own["slug"]:
            del own["slug"]
        changes = ProductChanges(**own, variants=form.drafts)  # type: ignore[typeddict-item]  # FIELDS are its keys
        return edit_product(product_id=known.id, changes=changes, expected_revision=form.cleaned_data["seen_revision"])

    def delete_model(self, request: HttpRequest, obj: Product) -> None:
        """For ever; an active product is archived first."""
        delete_product(product_id=obj.pk)

    @admin.action(description="Publish", permissions=["change"])
    def publish(self, request: HttpRequest, chosen: QuerySet[Product]) -> None:
        """Each that may; the others say why not."""
        self._move(request, chosen, Status.ACTIVE)

    @admin.action(description="Archive", permissions=["change"])
    def archive(self, request: HttpRequest, chosen: QuerySet[Product]) -> None:
        """Out of sight, kept."""
        self._move(request, chosen, Status.ARCHIVED)

    @admin.action(description="Take back to draft", permissions=["change"])
    def back_to_draft(self, request: HttpRequest, chosen: QuerySet[Product]) -> None:
        """Out of sight, to be worked on."""
        self._move(request, chosen, Status.DRAFT)

    @admin.action(description="Change prices by percent …", permissions=["change"])
    def change_prices(self, request: HttpRequest, chosen: QuerySet[Product]) -> HttpResponse | None:
        """Asks for the percentage, then changes all chosen products at once."""
        return ask_for_percent(self, request, chosen)

    def _move(self, request: HttpRequest, chosen: QuerySet[Product], status: Status) -> None:
        moved = 0
        for product in chosen.order_by("pk"):
            try:
                change_status(product_ids=[product.pk], status=status)
                moved += 1
            except CatalogError as refusal:
                messages.error(request, f"{product.name}: {refusal}")
        if moved:
            messages.success(request, f"{moved} now {status.label.lower()}.")


def variant_drafts(formsets: Any) -> tuple[VariantDraft, ...]:
    """The rows of the page that stay, in the order they were dragged into."""
    forms = [form for formset in formsets for form in formset.forms]
    kept = [form for form in forms if form.cleaned_data.get("sku") and not form.cleaned_data.get("DELETE")]
    return tuple(form.draft() for form in sorted(kept, key=lambda form: form.cleaned_data.get("position") or 0))


def picture_path(product: Product, *, small: bool = False) -> str:
    """The address of a picture within this site, whatever name the browser knows the site by."""
    return f"/pictures/{product.picture}{'-small' if small else ''}.webp"
