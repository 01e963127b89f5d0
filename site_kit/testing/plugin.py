"""The pytest plugin of site tests: `pytest_plugins = ["site_kit.testing.plugin"]` in the site's tests/conftest.py.

Fixtures:
  committed_database   tests that must commit: their own database, copied from the migrated template
  api                  a DRF client; `api(scope="catalog:write")` is one with a token of that scope
  staff                `staff("catalog_editor")` is a logged-in Django client with that role
  query_log            `with query_log() as queries: …` collects the SQL statements of the block
"""
