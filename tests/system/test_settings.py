"""Settings: the table, the environment, overrides."""

from __future__ import annotations

from pathlib import Path

import pytest
from gunicorn.util import parse_address

from imrsearch.engines import NAMES
from imrsearch.system.errors import SettingsError
from imrsearch.system.settings import SETTINGS, Settings, load_settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def test_every_setting_has_its_variable() -> None:
    assert [row.name for row in SETTINGS] == list(Settings.__slots__)
    assert SETTINGS[0].variable == "IMRSEARCH_INDEX"
    assert {row.variable for row in SETTINGS} >= {"IMRSEARCH_SITE_URL", "IMRSEARCH_MAX_FILE_MB"}


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


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "127.0.0.1:8000"), ("imr.example", "imr.example:8000"), ("::1", "[::1]:8000")],
)
def test_the_server_and_people_read_the_same_address(host: str, address: str) -> None:
    """Without brackets, an IPv6 address and its port cannot be told apart."""
    told = load_settings({}, host=host, port=8000).host_and_port
    assert told == address
    assert parse_address(told) == (host, 8000)


def test_trusted_hosts_are_a_list() -> None:
    settings = load_settings({"IMRSEARCH_TRUSTED_HOSTS": "a.example, b.example,"})
    assert settings.trusted_hosts == ("a.example", "b.example")


@pytest.mark.parametrize("value", ["many", "0", "-1", "1.5", "65536"])
def test_a_bad_number_is_refused_with_what_to_do(value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"IMRSEARCH_PORT": value})
    assert "IMRSEARCH_PORT" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "given", "allowed"),
    [
        pytest.param("port", 0, "of at least 1 and at most 65535, not 0.", id="between two bounds"),
        pytest.param("threads", "x", "of at least 1, not 'x'.", id="no upper bound"),
        pytest.param("proxies", "-1", "of at least 0, not '-1'.", id="none is a number too"),
    ],
)
def test_a_bad_number_is_refused_with_its_bounds(name: str, given: str | int, allowed: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, **{name: given})
    assert caught.value.message == f"{name} must be a whole number {allowed}"
    default = getattr(load_settings({}), name)
    assert caught.value.hint.endswith(f"to a number such as {default}.")


@pytest.mark.parametrize(
    ("name", "value"), [("port", 1), ("port", 65_535), ("proxies", 0), ("threads", 1_000_000)]
)
def test_a_bound_itself_is_allowed(name: str, value: int) -> None:
    assert getattr(load_settings({}, **{name: value}), name) == value
    assert getattr(load_settings({}, **{name: str(value)}), name) == value


def test_an_empty_variable_counts_as_not_set() -> None:
    """A unit file's ``IMRSEARCH_PORT=`` stands for the default."""
    settings = load_settings({"IMRSEARCH_PORT": "", "IMRSEARCH_ENGINE": "", "IMRSEARCH_INDEX": ""})
    assert settings == load_settings({})


def test_the_process_s_own_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMRSEARCH_PORT", "9000")
    assert load_settings().port == 9000


def test_lists_are_separated_by_commas() -> None:
    given = {
        "IMRSEARCH_OPENSEARCH_URLS": "http://one:9200 , http://two:9200",
        "IMRSEARCH_METRICS_FROM": "10.0.0.1,, 10.0.0.2",
    }
    settings = load_settings(given)
    assert settings.opensearch_urls == ("http://one:9200", "http://two:9200")
    assert settings.metrics_from == ("10.0.0.1", "10.0.0.2")


def test_the_collection_is_in_the_folder_unless_a_database_is_named() -> None:
    address = "postgresql+psycopg://imr@db.example/imr"
    assert load_settings({}, index="letters").place == Path("letters")
    assert load_settings({}, index="letters", collection=address).place == address


def test_a_password_is_not_shown() -> None:
    """Settings stand in tracebacks and logs."""
    settings = load_settings({"IMRSEARCH_OPENSEARCH_PASSWORD": "hush"})
    assert settings.opensearch_password == "hush"
    assert "hush" not in repr(settings)


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


@pytest.mark.parametrize(
    ("overrides", "message", "hint"),
    [
        (
            {"engine": "lucene"},
            "engine must be one of auto, whoosh, tantivy, opensearch, not 'lucene'.",
            "Set IMRSEARCH_ENGINE to one of them.",
        ),
        (
            {"site_url": "ftp://imr.example"},
            "site_url must be an address such as https://imr.example, not 'ftp://imr.example'.",
            "Set IMRSEARCH_SITE_URL to one that begins with https:// or http://.",
        ),
        (
            {"zeal": 1, "ardour": 2},
            "There is no setting 'ardour'.",
            "docs/settings.md lists all settings.",
        ),
    ],
    ids=["engine", "site_url", "unknown"],
)
def test_what_is_wrong_and_what_to_do(
    overrides: dict[str, str | int], message: str, hint: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, **overrides)
    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_variables_of_the_tests_and_of_others_are_no_mistake(
    caplog: pytest.LogCaptureFixture,
) -> None:
    load_settings(
        {
            "IMRSEARCH_TEST_OPENSEARCH": "x",
            "IMRSEARCH_SERVERS": "x",
            "IMRSEARCHER": "x",
            "PATH": "x",
        }
    )
    assert caplog.records == []


def test_a_variable_that_does_not_exist_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        load_settings({"IMRSEARCH_BOGUS": "1", "IMRSEARCH_PORT": "8001"})
    assert [record.getMessage() for record in caplog.records] == [
        "There is no setting IMRSEARCH_BOGUS; docs/settings.md lists all settings."
    ]
