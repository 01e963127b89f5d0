"""The fixtures that sites rely on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from site_kit.testing.api_client import Api
from site_kit.testing.project.shelf.models import Room


def test_a_committed_database_is_a_migrated_copy_that_vanishes(committed_database: str) -> None:
    with transaction.atomic(durable=True):
        Room.objects.create(name="Cellar")

    assert connection.settings_dict["NAME"] == committed_database
    assert Room.objects.filter(name="Cellar").exists()


def test_what_another_test_committed_is_not_here(committed_database: str) -> None:
    assert not Room.objects.exists()


def test_the_query_log_leaves_out_savepoints_and_finds_whole_counts(db: None, query_log: Callable[[], Any]) -> None:
    with query_log() as queries, transaction.atomic():
        Room.objects.count()
        Room.objects.filter(name="x").count()

    assert len(queries) == 2
    assert queries.unfiltered_counts == ['SELECT COUNT(*) AS "__count" FROM "shelf_room"']


def test_staff_have_exactly_the_rights_of_their_role(staff: Callable[..., Client]) -> None:
    keeper = staff("shelf_keeper")

    assert keeper.get("/admin/shelf/box/").status_code == 200
    assert keeper.get("/admin/backoffice/staffmember/").status_code == 403


def test_the_state_folder_is_never_a_running_sites(api: Api) -> None:
    assert "site-tests-" in str(settings.ENV.state_dir)
    assert settings.HTTP["JWKS_FILE"].exists()


@pytest.mark.parametrize("scope", ["", "shelf:write"])
def test_the_api_client_speaks_with_and_without_a_token(api: Api, scope: str) -> None:
    client = api(scope=scope) if scope else api

    assert client.get("/health/live").status_code == 200
