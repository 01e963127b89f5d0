"""Two variants of one product cannot have the same options, whoever writes them.

`axis_key` is a column Django does not know: no save can overwrite it. A trigger keeps it equal to the variant's
options; the constraint is judged at commit, so that options may be exchanged within a transaction. A variant without
options has an empty key: a product has at most one of those.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE catalog_variant ADD COLUMN axis_key text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE catalog_variant ADD CONSTRAINT variant_no_twin_combinations
    UNIQUE (product_id, axis_key) DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION catalog_keep_axis_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE catalog_variant AS variant
    SET axis_key = coalesce((
        SELECT string_agg(choice.option_id::text, ',' ORDER BY choice.attribute_id)
        FROM catalog_variantoption AS choice WHERE choice.variant_id = variant.id
    ), '')
    WHERE variant.id IN (SELECT DISTINCT variant_id FROM touched);
    RETURN NULL;
END $$;

CREATE TRIGGER catalog_variantoption_inserted AFTER INSERT ON catalog_variantoption
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION catalog_keep_axis_key();
CREATE TRIGGER catalog_variantoption_deleted AFTER DELETE ON catalog_variantoption
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION catalog_keep_axis_key();

CREATE FUNCTION catalog_refuse_option_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an option of a variant is replaced by DELETE and INSERT' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER catalog_variantoption_not_updated BEFORE UPDATE ON catalog_variantoption
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_refuse_option_update();
"""
BACKWARD = """
DROP TRIGGER catalog_variantoption_not_updated ON catalog_variantoption;
DROP TRIGGER catalog_variantoption_deleted ON catalog_variantoption;
DROP TRIGGER catalog_variantoption_inserted ON catalog_variantoption;
DROP FUNCTION catalog_refuse_option_update(), catalog_keep_axis_key();
ALTER TABLE catalog_variant DROP COLUMN axis_key;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_products_variants_prices")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
