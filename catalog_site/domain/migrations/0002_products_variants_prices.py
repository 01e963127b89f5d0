"""The tables of the catalog."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import catalog_site.domain.clock
import catalog_site.domain.ltree


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0001_extensions_and_search_configurations"),
    ]

    operations = [
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=catalog_site.domain.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("slug", models.CharField(max_length=120)),
                ("description", models.TextField(blank=True, max_length=20000)),
                ("brand", models.CharField(blank=True, max_length=100)),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("active", "Active"), ("archived", "Archived")],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("picture", models.CharField(blank=True, editable=False, max_length=60)),
                ("picture_width", models.PositiveIntegerField(default=0, editable=False)),
                ("picture_height", models.PositiveIntegerField(default=0, editable=False)),
                ("picture_alt", models.CharField(blank=True, max_length=200)),
                ("picture_digest", models.CharField(blank=True, editable=False, max_length=64)),
                ("in_stock", models.BooleanField(default=False, editable=False)),
                ("priced", models.BooleanField(default=False, editable=False)),
                ("revision", models.PositiveBigIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(editable=False)),
                ("updated_at", models.DateTimeField(editable=False)),
                ("published_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Variant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=catalog_site.domain.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sku", models.CharField(max_length=64, verbose_name="SKU")),
                ("name", models.CharField(blank=True, max_length=200)),
                ("barcode", models.CharField(blank=True, max_length=14)),
                ("active", models.BooleanField(default=True)),
                ("weight_g", models.PositiveIntegerField(blank=True, null=True, verbose_name="weight (g)")),
                ("position", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ("position", "sku"),
            },
        ),
        migrations.CreateModel(
            name="Attribute",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=catalog_site.domain.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveBigIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ("position", "code"),
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="attribute_code_unique"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="attribute_name_not_blank"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttributeOption",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=catalog_site.domain.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "attribute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="options", to="catalog.attribute"
                    ),
                ),
            ],
            options={
                "ordering": ("attribute__position", "attribute__code", "position", "code"),
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=catalog_site.domain.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("slug", models.CharField(max_length=120)),
                ("path", catalog_site.domain.ltree.PathField(editable=False)),
                ("position", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveBigIntegerField(default=1, editable=False)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="catalog.category",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ("position", "name", "id"),
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "product",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="catalog.product",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("spelling", models.TextField()),
            ],
            options={
                "verbose_name_plural": "search entries",
            },
        ),
        migrations.CreateModel(
            name="ListPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("lowest", models.DecimalField(decimal_places=4, max_digits=18)),
                ("highest", models.DecimalField(decimal_places=4, max_digits=18)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="list_prices", to="catalog.product"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProductCategory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="catalog.category"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="placements", to="catalog.product"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="product",
            name="categories",
            field=models.ManyToManyField(
                related_name="products", through="catalog.ProductCategory", to="catalog.category"
            ),
        ),
        migrations.CreateModel(
            name="VariantStock",
            fields=[
                (
                    "variant",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="stock",
                        serialize=False,
                        to="catalog.variant",
                    ),
                ),
                ("available", models.BigIntegerField()),
                ("version", models.BigIntegerField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "variant stock",
            },
        ),
        migrations.AddField(
            model_name="variant",
            name="product",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="variants", to="catalog.product"
            ),
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("currency", models.CharField(max_length=3)),
                ("amount", models.DecimalField(decimal_places=4, max_digits=18)),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="prices", to="catalog.variant"
                    ),
                ),
            ],
            options={
                "ordering": ("currency",),
            },
        ),
        migrations.CreateModel(
            name="VariantOption",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attribute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.attribute"
                    ),
                ),
                (
                    "option",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="catalog.attributeoption",
                    ),
                ),
                (
                    "variant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="catalog.variant"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="variant",
            name="options",
            field=models.ManyToManyField(
                related_name="variants", through="catalog.VariantOption", to="catalog.attributeoption"
            ),
        ),
        migrations.AddConstraint(
            model_name="attributeoption",
            constraint=models.UniqueConstraint(
                fields=("attribute", "code"), name="option_code_unique_in_its_attribute"
            ),
        ),
        migrations.AddConstraint(
            model_name="attributeoption",
            constraint=models.UniqueConstraint(
                models.F("attribute"),
                django.db.models.functions.text.Lower("name"),
                name="option_name_unique_in_its_attribute",
            ),
        ),
        migrations.AddConstraint(
            model_name="attributeoption",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="option_name_not_blank"
            ),
        ),
        migrations.AddIndex(
            model_name="category",
            index=django.contrib.postgres.indexes.GistIndex(fields=["path"], name="category_path_gist"),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="category_name_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("slug",), name="category_slug_unique"),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("path",), name="category_path_unique"),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True), name="category_not_its_own_parent"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_words"),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["spelling"], opclasses=["gin_trgm_ops"], name="search_spelling"
            ),
        ),
        migrations.AddIndex(
            model_name="listprice",
            index=models.Index(fields=["currency", "lowest", "product"], name="list_price_order"),
        ),
        migrations.AddConstraint(
            model_name="listprice",
            constraint=models.UniqueConstraint(fields=("product", "currency"), name="list_price_one_per_currency"),
        ),
        migrations.AddConstraint(
            model_name="productcategory",
            constraint=models.UniqueConstraint(fields=("category", "product"), name="product_once_per_category"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["status", "name", "id"], name="product_by_name"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["status", "-created_at", "-id"], name="product_by_creation"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["status", "-updated_at", "-id"], name="product_by_change"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["-updated_at", "-id"], name="product_changed_lately"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["name", "id"], name="product_name"),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                django.db.models.functions.text.Upper("brand"),
                models.F("name"),
                models.F("id"),
                name="product_by_brand",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("priced", False), models.Q(("status", "archived"), _negated=True)),
                fields=["id"],
                name="product_without_price",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("in_stock", False), ("status", "active")),
                fields=["id"],
                name="product_without_stock",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["draft", "active", "archived"])), name="product_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="product_name_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.UniqueConstraint(
                fields=("slug",), name="product_slug_unique", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", ("search", "changes", "quote")), _negated=True),
                name="product_slug_not_reserved",
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")), name="product_slug_readable"
            ),
        ),
        migrations.AddConstraint(
            model_name="product",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("status", "active"), _negated=True), ("priced", True), _connector="OR"),
                name="product_active_means_priced",
            ),
        ),
        migrations.AddIndex(
            model_name="price",
            index=models.Index(fields=["currency", "amount", "variant"], name="price_range"),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.UniqueConstraint(fields=("variant", "currency"), name="price_one_per_currency"),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="price_is_positive"),
        ),
        migrations.AddConstraint(
            model_name="price",
            constraint=models.CheckConstraint(
                condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="price_currency_is_a_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="variantoption",
            constraint=models.UniqueConstraint(fields=("variant", "attribute"), name="variant_one_value_per_axis"),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(django.db.models.functions.text.Upper("sku"), name="variant_sku_unique"),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("sku", ""), _negated=True), name="variant_sku_not_blank"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("barcode", ""), _negated=True), fields=("barcode",), name="variant_barcode_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="variant",
            constraint=models.CheckConstraint(
                condition=models.Q(("barcode", ""), ("barcode__regex", "^([0-9]{8}|[0-9]{12,14})$"), _connector="OR"),
                name="variant_barcode_is_gtin",
            ),
        ),
    ]
