"""Codes are stable words with one meaning each."""

import re

import pytest

from shared_contracts.apis.problem_codes import GENERIC, problem_codes

SITES = pytest.mark.parametrize("site", ["catalog", "inventory", "a site that is still to come"])


@SITES
def test_a_site_answers_with_the_generic_codes_and_its_own(site: str) -> None:
    assert dict(GENERIC).items() <= problem_codes(site).items()


@SITES
def test_codes_are_words_and_meanings_are_sentences(site: str) -> None:
    for code, meaning in problem_codes(site).items():
        assert re.fullmatch("[a-z][a-z0-9_]*", code)
        assert re.fullmatch("[A-Z`].*[.]", meaning), code


@pytest.mark.parametrize("site", ["catalog", "inventory"])
def test_no_code_means_two_things(site: str) -> None:
    from shared_contracts.apis import problem_codes as module

    listed = [code for code, _ in GENERIC + module._SITES[site]]

    assert sorted(listed) == sorted(set(listed))


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        problem_codes("catalog")["more"] = "No."  # type: ignore[index]
