"""Settings: the table, the environment, overrides."""

from __future__ import annotations

from pathlib import Path

import pytest

from imrsearch.engines import NAMES
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


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5", "65536"])
def test_a_bad_number_is_refused_with_what_to_do(value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"IMRSEARCH_PORT": value})
    assert "IMRSEARCH_PORT" in caught.value.hint


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("IMRSEARCH_ENGINE", "foo"),
        pytest.param("IMRSEARCH_SITE_URL", "javascript:x", id="no address: it stands in links"),
        pytest.param("IMRSEARCH_SITE_URL", "imr.example", id="a host alone"),
        pytest.param("IMRSEARCH_SITE_URL", "https://imr.example/?q=", id="an address with a query"),
        ("IMRSEARCH_LOG_ADDRESSES", "2"),
    ],
)
def test_a_value_that_means_nothing_is_refused_wherever_settings_are_loaded(
    variable: str, value: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({variable: value})
    assert repr(value) in caught.value.message
    assert variable in caught.value.hint


@pytest.mark.parametrize("url", ["https://imr.example", "http://127.0.0.1:8000/imr/"])
def test_a_site_may_have_a_port_and_a_path(url: str) -> None:
    assert load_settings({"IMRSEARCH_SITE_URL": url}).site_url == url.rstrip("/")


def test_every_engine_can_be_set() -> None:
    (row,) = (row for row in SETTINGS if row.name == "engine")
    assert row.among == (row.default, *NAMES)


def test_a_variable_that_does_not_exist_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        load_settings({"IMRSEARCH_BOGUS": "1", "IMRSEARCH_PORT": "8001"})
    assert [record.getMessage() for record in caplog.records] == [
        "There is no setting IMRSEARCH_BOGUS; docs/settings.md lists all settings."
    ]
