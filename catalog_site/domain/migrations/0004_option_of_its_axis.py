"""A variant's option belongs to the axis it is said to be of: a foreign key of two columns."""

from django.db import migrations

FORWARD = """
ALTER TABLE catalog_attributeoption ADD CONSTRAINT option_known_with_its_attribute UNIQUE (id, attribute_id);
ALTER TABLE catalog_variantoption ADD CONSTRAINT variant_option_is_of_its_axis
    FOREIGN KEY (option_id, attribute_id) REFERENCES catalog_attributeoption (id, attribute_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARD = """
ALTER TABLE catalog_variantoption DROP CONSTRAINT variant_option_is_of_its_axis;
ALTER TABLE catalog_attributeoption DROP CONSTRAINT option_known_with_its_attribute;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_no_twin_variants")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
