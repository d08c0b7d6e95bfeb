"""The checks name the wrong setting."""

from __future__ import annotations

import pytest

from donghanh import checks

pytestmark = pytest.mark.pure


def found(*checked):
    return [message.id for check in checked for message in check(None)]


def test_optional_second_factors_are_for_the_demo_alone(settings):
    settings.DEBUG = False
    settings.SECOND_FACTOR = "optional"
    assert found(checks.second_factor) == ["donghanh.E002"]
    settings.DEMO = True
    assert found(checks.second_factor) == []
    settings.SECOND_FACTOR = "maybe"
    assert found(checks.second_factor) == ["donghanh.E001"]


def test_a_data_folder_that_is_not_there_is_named(settings, tmp_path):
    settings.DATA = tmp_path / "nothing"
    assert found(checks.folder_of_everything) == ["donghanh.E003"]
    settings.DATA = tmp_path
    assert found(checks.folder_of_everything) == []
    (tmp_path / "keys.json").write_text("{}")
    (tmp_path / "keys.json").chmod(0o644)
    assert found(checks.folder_of_everything) == ["donghanh.W001"]


@pytest.mark.parametrize(
    ("url", "debug", "ids"),
    [
        ("https://tthcc.example", True, ["donghanh.E004"]),
        ("tthcc.example", False, ["donghanh.E005"]),
        ("http://192.168.1.10:8000", False, ["donghanh.W002"]),
        ("http://127.0.0.1:8000", False, []),
        ("https://tthcc.example", False, []),
    ],
)
def test_what_must_not_stand_open_is_named(settings, url, debug, ids):
    settings.PUBLIC_URL, settings.DEBUG, settings.DEMO = url, debug, False
    assert found(checks.in_the_open) == ids


def test_a_missing_folder_of_packs_is_named(settings, tmp_path):
    settings.PACKS = tmp_path / "nothing"
    assert found(checks.packs_folder) == ["donghanh.W003"]
