"""Reading answers in tests."""

from typing import Any


def code(response: Any) -> tuple[int, str]:
    """Status and code of a problem."""
    assert response["Content-Type"] == "application/problem+json", response.content
    problem = response.json()
    assert problem["status"] == response.status_code
    return response.status_code, problem["code"]
