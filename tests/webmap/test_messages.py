"""The sentences of issues and refused filters on Chinese pages; the interface keeps its English."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from layers.atlas import Atlas
from webmap import words
from webmap.cli import cli
from webmap.messages import FILTER_PHRASES, say_filter_error, say_issue

ENGLISH_WORDS = re.compile(r"\b(?:the|there|at most|line|is no|is not|holds|unknown|values?)\b")

REFUSED = (
    ("colour=red", "没有参数 'colour'；现有参数："),
    ("industry=steel", "产业（industry）：没有 'steel'；现有：equipment"),
    ("layer=places", "图层（layer）：没有 'places'"),
    ("plan=x", "规划（plan）：没有 'x'；现有：sample-2011"),
    ("period=2011", "规划期（period）：没有 '2011'"),
    ("lang=fr", "语言（lang）：没有 'fr'；现有：zh, en"),
    ("year=20", "年份（year）：'20' 不是四位数的年份"),
    ("year=1999", "没有规划覆盖 1999 年；各规划覆盖 2011 年至 2013 年"),
    (f"place={quote('上海')}", "地点（place）：没有 '上海'；请给出六位区划代码"),
    ("&".join(["year=2011"] * 51), "年份（year）：给了 51 个值，最多 50 个"),
    (f"q={'x' * 201}", "关键词（q）：值有 201 个字符，最多 200 个"),
    ("q=%00", "含有控制字符"),
)


@pytest.mark.parametrize(("query", "said"), REFUSED)
def test_a_refused_filter_says_why_in_the_language_of_the_page(
    client: FlaskClient, query: str, said: str
) -> None:
    page = client.get(f"/?{query}")
    text = page.text.replace("&#39;", "'")
    detail = re.search(r"</h1>\s*<p>(.*?)</p>", text, re.DOTALL)

    assert page.status_code == 400
    assert said in text
    assert detail is not None
    assert not ENGLISH_WORDS.search(detail[1])


@pytest.mark.parametrize(("query", "_said"), [row for row in REFUSED if "lang" not in row[0]])
def test_the_interface_and_the_english_page_say_it_in_english(
    client: FlaskClient, query: str, _said: str
) -> None:
    problem = client.get(f"/api/layers/projects.geojson?{query}").get_json(force=True)
    page = client.get(f"/?{query}&lang=en").text

    assert ENGLISH_WORDS.search(problem["detail"])
    assert not re.search("[一-鿿]", problem["detail"].replace("上海", "")) or "place" in query
    assert ENGLISH_WORDS.search(page)


def test_every_phrase_of_a_filter_is_met_by_some_refusal(app: Flask) -> None:
    client = app.test_client()
    details = [
        client.get(f"/api/layers/projects.geojson?{query}").get_json(force=True)["detail"]
        for query, _ in REFUSED
    ] + ["place: '城区' is the name of several: 甲市/城区 (1), 乙市/城区 (2)"]
    unmet = [
        phrase.pattern.pattern
        for phrase in FILTER_PHRASES
        if not any(phrase.pattern.fullmatch(detail) for detail in details)
    ]

    assert unmet == []


def test_a_list_that_was_cut_says_so(app: Flask) -> None:
    with app.test_request_context("/"):
        said = say_filter_error("industry: there is no 'x'; there are a, b and 12 more")
    assert said == "产业（industry）：没有 'x'；现有：a, b，另有 12 项"


def test_a_sentence_that_is_not_known_stays(app: Flask) -> None:
    with app.test_request_context("/"):
        assert say_issue("something else") == "something else"
        assert say_filter_error("100 % new") == "100 % new"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The atlas of the five plans."""
    path: Path = tmp_path_factory.mktemp("library") / "atlas.gpkg"
    result = CliRunner().invoke(cli, ["build", "--out", str(path)])
    assert result.exit_code == 0, result.output
    return Atlas.open(path)


def test_every_issue_of_the_library_has_chinese_words(app: Flask, library: Atlas) -> None:
    issues = library.issues()

    assert set(issues["type"]) <= set(words.ISSUES)
    with app.test_request_context("/"):
        for message in set(issues["message"]):
            assert not ENGLISH_WORDS.search(say_issue(message)), message
    with app.test_request_context("/?lang=en"):
        for kind in words.ISSUES.values():
            assert re.fullmatch(r"[a-z ]+", str(kind))
