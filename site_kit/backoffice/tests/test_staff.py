"""Who may log in, how often somebody may try, and what a role may do."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from site_kit.backoffice import login_throttle, roles
from site_kit.backoffice.models import LoginAttempts, StaffMember
from site_kit.backoffice.roles import sync_roles
from site_kit.backoffice.staff_logins import ensure_staff

GUESSED = ["short-1", "password1234", "qwertyuiop12", "aaaaaaaaaaaaaaaa", "shelf_keeper1"]
WRONG = "do not fit together, or there were too many tries"


@pytest.fixture
def jo(db: None) -> StaffMember:
    return StaffMember.objects.create_user("jo", "right")


def login(browser: Client, name: str = "jo", *, password: str = WRONG, address: str = "10.0.0.1") -> bool:
    """Whether the login page let somebody in."""
    answer = browser.post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=address)
    if answer.status_code == 200:
        assert WRONG in answer.content.decode()
    return answer.status_code == 302


def test_five_tries_and_the_door_is_locked_for_that_name_and_address(jo: StaffMember, client: Client) -> None:
    assert not any(login(client) for _ in range(5))

    assert not login(client, password="right")
    assert login(Client(), password="right", address="10.0.0.2")


def test_a_locked_door_costs_no_hash(jo: StaffMember, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        login(client)
    hashed: list[str] = []

    def verify(self: MD5PasswordHasher, password: str, encoded: str) -> bool:
        hashed.append(encoded)
        return False

    monkeypatch.setattr(MD5PasswordHasher, "verify", verify)

    login(client)

    assert hashed == []


def test_a_name_that_nobody_has_is_refused_in_the_same_words(db: None, client: Client) -> None:
    assert not login(client, name="nobody")


def test_a_success_forgets_the_tries_before_it(jo: StaffMember, client: Client) -> None:
    for _ in range(3):
        for _ in range(4):
            login(client)
        assert login(Client(), password="right")


def test_one_address_may_not_try_every_name(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login_throttle, "TRIES_PER_ADDRESS", 8)
    StaffMember.objects.create_user("jo", "right")

    for number in range(8):
        login(client, name=f"name{number}")

    assert not login(client, password="right")


def test_the_window_ends(jo: StaffMember, client: Client) -> None:
    for _ in range(6):
        login(client)
    LoginAttempts.objects.update(since="2020-01-01T00:00:00Z")

    assert login(client, password="right")
    LoginAttempts.objects.update(since="2020-01-01T00:00:00Z")
    login_throttle.forget_old_tries()
    assert not LoginAttempts.objects.exists()


def test_a_hundred_guesses_at_once_are_five(committed_database: str) -> None:
    def guess(_: int) -> int:
        try:
            return login_throttle.count_try("key")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        counted = list(pool.map(guess, range(100)))

    assert sorted(counted) == list(range(1, 101))


def test_nobody_is_named_in_the_counters(jo: StaffMember, client: Client) -> None:
    login(client)

    assert not any("jo" in row.digest or "10.0" in row.digest for row in LoginAttempts.objects.all())


def test_a_closed_account_is_out_at_once(staff: Callable[..., Client]) -> None:
    browser = staff("shelf_keeper")
    assert browser.get("/admin/").status_code == 200

    StaffMember.objects.update(is_active=False)

    assert browser.get("/admin/").status_code == 302


@pytest.mark.parametrize("password", GUESSED)
def test_passwords_that_a_guesser_tries_first_are_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, StaffMember(username="shelf_keeper"))


def test_a_good_password_needs_no_special_characters() -> None:
    validate_password("violet otter lamp bridge", StaffMember(username="jo"))


@pytest.mark.django_db
class TestRoles:
    """Roles are exactly what the code says."""

    def test_syncing_twice_changes_nothing_and_an_old_role_goes(self) -> None:
        Group.objects.create(name="retired")

        first, second = sync_roles(), sync_roles()

        assert first == second == {"shelf_keeper": 6, "auditor": first["auditor"]}
        assert set(Group.objects.values_list("name", flat=True)) == {"shelf_keeper", "auditor"}

    def test_rights_given_by_hand_are_taken_back(self) -> None:
        sync_roles()
        group = Group.objects.get(name="auditor")
        group.permissions.add(*Group.objects.get(name="shelf_keeper").permissions.all())

        sync_roles()

        assert not group.permissions.exclude(codename__startswith="view_").exists()

    def test_a_right_that_does_not_exist_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(roles, "declared_roles", lambda: {"keeper": ["shelf.fly_box"]})

        with pytest.raises(CommandError, match=r"role keeper names shelf.fly_box, which no model of this site has"):
            call_command("sync_roles")

    def test_an_auditor_sees_everything_and_changes_nothing(self, staff: Callable[..., Client]) -> None:
        auditor = staff("auditor")

        assert auditor.get("/admin/shelf/box/").status_code == 200
        assert auditor.get("/admin/backoffice/staffmember/").status_code == 200
        assert auditor.get("/admin/shelf/box/add/").status_code == 403
        assert auditor.get("/admin/backoffice/staffmember/add/").status_code == 403


@pytest.mark.django_db
class TestEnsureStaff:
    """Accounts from a file."""

    def test_accounts_are_made_once_and_mended(self) -> None:
        sync_roles()
        logins = {"admin": "one", "shelf_keeper": "two"}

        assert ensure_staff(logins=logins).made == ("admin", "shelf_keeper")
        assert ensure_staff(logins=logins).unchanged == ("admin", "shelf_keeper")
        assert ensure_staff(logins={**logins, "admin": "three"}).password_set == ("admin",)

        assert StaffMember.objects.get(username="admin").is_superuser
        keeper = StaffMember.objects.get(username="shelf_keeper")
        assert keeper.check_password("two")
        assert [group.name for group in keeper.groups.all()] == ["shelf_keeper"]

    def test_the_command_reads_a_file_and_says_what_it_did(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "staff.json"
        file.write_text(json.dumps({"admin": "one"}))

        call_command("ensure_staff", "--file", str(file), "--json")

        assert json.loads(capsys.readouterr().out) == {"made": ["admin"], "password_set": [], "unchanged": []}

    @pytest.mark.parametrize("content", [None, "{", '["admin"]', '{"admin": 1}'])
    def test_a_bad_file_is_refused_without_its_content(self, tmp_path: Path, content: str | None) -> None:
        file = tmp_path / "staff.json"
        if content is not None:
            file.write_text(content)

        with pytest.raises(CommandError, match=r"staff\.json"):
            call_command("ensure_staff", "--file", str(file))
        assert not StaffMember.objects.exists()


def test_only_a_person_with_every_right_hands_out_rights(staff: Callable[..., Client]) -> None:
    keeper = StaffMember.objects.create_user("kim", "x")
    form = {"username": "kim", "is_active": "on", "is_superuser": "on"}

    assert staff("auditor").post(f"/admin/backoffice/staffmember/{keeper.pk}/change/", form).status_code == 403
    assert staff().post(f"/admin/backoffice/staffmember/{keeper.pk}/change/", form).status_code == 302
    keeper.refresh_from_db()
    assert keeper.is_superuser
