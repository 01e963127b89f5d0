"""Every change list stays cheap at 100,000 rows; what it asked is read from the server's own log.

Runs after test_pages.py, in the same database: the rows that are filled in are no store that anybody wants to see.
"""

import time

import pytest
import requests

from tests.browser import volume
from tests.browser.office import Office
from tests.browser.query_log import QueryLog, counts_everything

MOST_QUERIES = 15
IDLE_S = 2.5
"""Long enough for everything that a web process asks by itself to be asked once."""


@pytest.fixture(scope="module")
def full_office(office: Office) -> Office:
    """The same back office with at least 100,000 rows behind every window."""
    with office.superuser() as connection:
        volume.fill(connection, [window.table for window in office.windows])
    return office


@pytest.fixture(scope="module")
def session(full_office: Office) -> requests.Session:
    """Somebody who may see every list."""
    return full_office.logged_in()


@pytest.fixture(scope="module")
def own_noise(full_office: Office, session: requests.Session) -> set[str]:
    """Statements that the web process makes while nobody asks it for anything."""
    log = QueryLog.from_now(full_office.server_log)
    time.sleep(IDLE_S)  # nothing to wait for: idleness itself is measured
    return set(log.queries(of=f"{full_office.site}-web"))


def test_every_list_is_cheap(full_office: Office, session: requests.Session, own_noise: set[str]) -> None:
    complaints = []
    for window in full_office.windows:
        log = QueryLog.from_now(full_office.server_log)
        answer = session.get(full_office.url + window.address, timeout=60)
        queries = [query for query in log.queries(of=f"{full_office.site}-web") if query not in own_noise]
        counts = [query for query in queries if counts_everything(query)]
        if answer.status_code != 200:
            complaints.append(f"{window.name}: answered {answer.status_code}")
        elif not queries:
            complaints.append(f"{window.name}: the log shows no query; it is not read right")
        if len(queries) > MOST_QUERIES:
            complaints.append(f"{window.name}: {len(queries)} queries\n  " + "\n  ".join(queries))
        complaints += [f"{window.name}: counts everything: {count}" for count in counts]

    assert complaints == []


def test_the_log_would_show_a_count_of_everything(full_office: Office) -> None:
    log = QueryLog.from_now(full_office.server_log)

    with full_office.superuser() as connection:
        connection.execute("SET application_name = 'a careless page'")
        connection.execute("SELECT count(*) FROM django_content_type")
        connection.execute("SELECT count(*) FROM (SELECT 1 FROM django_session LIMIT 5) AS some WHERE true")

    statements = log.queries(of="a careless page")
    assert [counts_everything(statement) for statement in statements] == [True, False]
