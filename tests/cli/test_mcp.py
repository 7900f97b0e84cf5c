"""``imrsearch mcp``, asked by the protocol's own client."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client

from imrsearch.api.index import Index, open_index
from imrsearch.cli import cli
from imrsearch.cli.mcp import assistant_server
from imrsearch.search.state import SearchState
from imrsearch.system.settings import Settings
from tests.search.pasted.test_reading import DENIAL

SITE = "https://imr.example"


@pytest.fixture(scope="module")
def index(sample_index: Settings) -> Iterator[Index]:
    """The samples, open."""
    with open_index(sample_index.index, site_url=SITE) as opened:
        yield opened


def connected(index: Index, ask: Callable[[Client], Awaitable[Any]]) -> Any:  # noqa: ANN401
    """What ``ask`` is answered by a server in this process."""

    async def asked() -> Any:  # noqa: ANN401
        with Index(index.settings) as opened:
            async with Client(assistant_server(opened)) as client:
                return await ask(client)

    # In a thread of its own: in this one the browser tests' event loop may be running.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, asked).result()


def call(index: Index, tool: str, **arguments: object) -> Any:  # noqa: ANN401
    return connected(index, lambda client: client.call_tool(tool, arguments))


def told(index: Index, tool: str, **arguments: object) -> dict[str, Any]:
    answer = call(index, tool, **arguments)
    assert not answer.is_error
    assert answer.structured_content["build"] == index.build
    found: dict[str, Any] = answer.structured_content
    return found


def test_without_its_library_the_command_says_what_to_install(
    sample_index: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "imrsearch.cli.mcp")
    refused = CliRunner().invoke(cli, ["--index", str(sample_index.index), "mcp"])
    assert refused.exit_code == 2
    assert refused.stderr.count("\n") == 1
    assert "pip install 'imrsearch[mcp]'" in refused.stderr


def test_the_tools_say_what_they_do_and_change_nothing(index: Index) -> None:
    tools = connected(index, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == ["search", "case", "reasons", "guideline", "kit"]
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint


def test_search_quotes_verbatim_with_permalinks(index: Index) -> None:
    found = told(index, "search", query="chiropractic", filters={"decision": ["overturned"]})
    assert found["total"] == index.search("chiropractic", decision="overturned").total > 0
    for issue in found["issues"]:
        assert issue["url"] == f"{SITE}/case/{issue['case_id']}#issue-{issue['number']}"
        rationale = index.case(issue["case_id"]).issues[issue["number"] - 1].rationale
        assert all(reason["sentence"] in rationale for reason in issue["reasons"])


def test_a_case_can_be_cited(index: Index) -> None:
    case = told(index, "case", case_id="cm16-0000101")
    issue = case["issues"][0]
    assert issue["cite"]["sentence"] in issue["rationale"]
    assert issue["url"] in issue["cite"]["citation"]


def test_reasons_and_kit_tell_both_sides(index: Index) -> None:
    (row, *_) = told(index, "reasons", query="chiropractic")["rows"]
    assert row["met"]["url"].startswith(f"{SITE}/search?")
    assert {"overturned", "upheld"} <= told(index, "kit", text=DENIAL)["requests"][0].keys()


@pytest.mark.parametrize(
    "typed", ["mtus-chronic-pain:58", "MTUS Chronic Pain guidelines p. 58", "MTUS 58"]
)
def test_a_guideline_page_is_named_in_either_way(index: Index, typed: str) -> None:
    found = told(index, "guideline", citation=typed)
    assert found["place"] == "mtus-chronic-pain:58"
    assert found["total"] == index.search(cites="mtus-chronic-pain:58").total > 0


@pytest.mark.parametrize("family", ["acoem", "odg"])
def test_a_family_of_guidelines_is_all_its_chapters(index: Index, family: str) -> None:
    found = told(index, "guideline", citation=family.upper())
    facet = index.facet("guideline", SearchState()).values
    chapters = [one.value for one in facet if one.value.partition("-")[0] == family]
    assert found["place"] == family
    assert len(chapters) > 2
    assert found["total"] == index.search(guideline=chapters).total


@pytest.mark.parametrize(
    ("tool", "arguments", "message"),
    [
        ("case", {"case_id": "CM99-0000001"}, "CM99-0000001"),
        ("guideline", {"citation": "the phone book"}, "No known guideline"),
        ("search", {"filters": {"colour": ["red"]}}, "There are decision"),
        ("search", {"filters": {"body": ["kneee"]}}, "knee"),
        ("search", {"sort": "best"}, "There is no sort “best”. There are relevance, newest"),
        ("search", {"page": -1}, "There is no page -1."),
    ],
)
def test_an_error_says_what_to_do(
    index: Index, tool: str, arguments: dict[str, object], message: str
) -> None:
    answer = call(index, tool, **arguments)
    assert answer.is_error
    assert message in answer.content[0].text
