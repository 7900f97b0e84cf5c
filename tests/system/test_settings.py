"""Settings: the table, the environment, overrides."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.system.errors import SettingsError
from imrsearch.system.settings import SETTINGS, Settings, load_settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_has_its_variable() -> None:
    assert [row.name for row in SETTINGS] == list(Settings.__slots__)
    assert SETTINGS[0].variable == "IMRSEARCH_INDEX"


def test_a_setting_that_does_not_exist_is_refused() -> None:
    with pytest.raises(SettingsError, match="no setting 'prot'"):
        load_settings({}, prot=8001)


@pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.name)
def test_every_setting_is_documented(row: object) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    name, variable, help_text = (getattr(row, part) for part in ("name", "variable", "help"))
    assert f"`{variable}`" in text, name
    assert help_text in text


def test_defaults() -> None:
    settings = load_settings({})
    assert settings.index == Path("index")
    assert settings.port == 8000
    assert settings.trusted_hosts == ()


def test_override_wins_over_environment_wins_over_default() -> None:
    environment = {"IMRSEARCH_PORT": "9000", "IMRSEARCH_HOST": "::1"}
    settings = load_settings(environment, port=9100, host=None)
    assert settings.port == 9100
    assert settings.host == "::1"


def test_trusted_hosts_are_a_list() -> None:
    settings = load_settings({"IMRSEARCH_TRUSTED_HOSTS": "a.example, b.example,"})
    assert settings.trusted_hosts == ("a.example", "b.example")


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5"])
def test_a_bad_number_is_refused_with_what_to_do(value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"IMRSEARCH_PORT": value})
    assert "IMRSEARCH_PORT" in caught.value.hint
