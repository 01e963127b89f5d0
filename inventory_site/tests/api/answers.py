"""Reading answers in tests."""

from typing import Any
from uuid import uuid4


def key() -> dict[str, str]:
    """The header of a request that is made once."""
    return {"Idempotency-Key": str(uuid4())}


def code(response: Any) -> tuple[int, str]:
    """Status and code of a problem."""
    assert response["Content-Type"] == "application/problem+json", response.content
    problem = response.json()
    assert problem["status"] == response.status_code
    return response.status_code, problem["code"]
