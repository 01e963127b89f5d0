"""A stranger with the OpenAPI document and no good intentions meets no server error, and nothing undescribed."""

from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from site_kit.http.tests.shelf.models import Book

pytestmark = [
    pytest.mark.django_db(transaction=True),  # the application closes its connections as it does in earnest
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the fuzzer's own dependencies
]
EXAMPLES = 25
# Whether a cursor is one of ours, and whether a number fits, no schema says.
NOT_TOLD_BY_A_SCHEMA = [positive_data_acceptance]
OPERATIONS = ["addBook", "countBooks", "getBook", "listBooks", "removeBook", "replaceBook"]


@cache
def description() -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("operation_id", OPERATIONS)
def test_every_answer_is_a_described_one(operation_id: str, mode: GenerationMode, token: Any) -> None:
    operation = description().find_operation_by_id(operation_id)
    headers = {"Authorization": f"Bearer {token()}"}

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def fuzz(case: Any) -> None:
        Book.objects.get_or_create(pk=1, defaults={"title": "Emma", "shelf": "a", "price": 1})
        case.call_and_validate(headers=headers, excluded_checks=NOT_TOLD_BY_A_SCHEMA)

    fuzz()
