"""What PostgreSQL brings: a tree type, trigrams, accents off; and two ways to read a text."""

from django.db import migrations

# catalog_words takes words as they are (names, SKUs, brands); catalog_stems also finds "shoes" for "shoe".
CONFIGURATIONS = """
CREATE TEXT SEARCH CONFIGURATION catalog_words (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION catalog_words
    ALTER MAPPING FOR hword, hword_part, word, asciihword, hword_asciipart, asciiword WITH unaccent, simple;
CREATE TEXT SEARCH CONFIGURATION catalog_stems (COPY = english);
ALTER TEXT SEARCH CONFIGURATION catalog_stems
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
"""
DROP = """
DROP TEXT SEARCH CONFIGURATION catalog_stems;
DROP TEXT SEARCH CONFIGURATION catalog_words;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS ltree", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS unaccent", migrations.RunSQL.noop),
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL(CONFIGURATIONS, DROP),
    ]
