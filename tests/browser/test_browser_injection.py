"""Nothing from a document runs: every page of the hostile atlas, in a real browser."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def assert_inert(page: Page, complaints: list[str]) -> None:
    """No attack ran, opened a dialog, or got as far as the policy."""
    assert page.evaluate("window.pwned") is None
    assert page.locator("main script:not([nonce]), main img, main svg[onload]").count() == 0
    assert complaints == []


def test_the_map_page_shows_attacks_as_text(
    page: Page, hostile_address: str, hostile_texts: tuple[str, ...], complaints: list[str]
) -> None:
    page.goto(hostile_address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    names = page.locator("#list-projects ~ ul .name").all_text_contents()

    assert sorted(names) == sorted(hostile_texts)
    assert_inert(page, complaints)


def test_symbols_areas_and_counts_show_attacks_as_text(
    page: Page, hostile_address: str, complaints: list[str], hostile_texts: tuple[str, ...]
) -> None:
    page.goto(f"{hostile_address}/?layer=projects")
    page.wait_for_selector("html[data-ready=yes]", state="attached")
    page.locator(".tally").click()
    page.wait_for_selector(".leaflet-marker-pane .marker")
    titles = [marker.get_attribute("title") for marker in page.locator(".marker").all()]

    assert sorted(str(title) for title in titles) == sorted(hostile_texts[1:])
    for marker in page.locator(".marker").all():
        marker.hover()
    page.locator(".marker").first.click()
    expect(page.locator("#reader h2")).to_be_visible()
    assert_inert(page, complaints)


@pytest.mark.parametrize("number", range(8))
def test_a_feature_shows_its_attacks_as_text(
    page: Page,
    hostile_address: str,
    hostile_ids: tuple[str, ...],
    hostile_texts: tuple[str, ...],
    complaints: list[str],
    number: int,
) -> None:
    attack = hostile_texts[number]
    page.goto(f"{hostile_address}/#{quote(hostile_ids[number])}")
    expect(page.locator("#reader h2")).to_have_text(attack)
    expect(page.locator("#reader mark")).to_have_text(attack)
    assert_inert(page, complaints)

    page.goto(f"{hostile_address}/features/{quote(hostile_ids[number])}")
    assert page.locator("h2").text_content() == attack
    facts = page.locator("dl").text_content() or ""
    assert facts.count(attack) >= 4, "label, place, firm and status, verbatim"
    assert_inert(page, complaints)


@pytest.mark.parametrize("path", ["/plans/hostile-2011", "/about", "/data", "/about?lang=en"])
def test_the_other_pages_show_attacks_as_text(
    page: Page, hostile_address: str, complaints: list[str], path: str
) -> None:
    page.goto(f"{hostile_address}{path}")

    assert_inert(page, complaints)


def test_a_plan_is_marked_and_whole(
    page: Page, hostile_address: str, hostile_texts: tuple[str, ...]
) -> None:
    page.goto(f"{hostile_address}/plans/hostile-2011")
    marks = page.locator(".plan-text .mark").all_text_contents()

    assert marks == list(hostile_texts)


@pytest.mark.parametrize(
    "parameter", ["q", "industry", "plan", "period", "year", "place", "x", "lang"]
)
def test_attacks_in_the_address_are_text(
    page: Page,
    hostile_address: str,
    hostile_texts: tuple[str, ...],
    complaints: list[str],
    parameter: str,
) -> None:
    for attack in hostile_texts:
        page.goto(f"{hostile_address}/?{parameter}={quote(attack)}")
        refused = [text for text in complaints if "400 (BAD REQUEST)" in text]
        assert len(refused) == len(complaints)
        assert page.evaluate("window.pwned") is None
        if parameter == "q":
            assert page.get_by_label("关键词").input_value() == attack
            page.wait_for_selector("html[data-ready=yes]", state="attached")


def test_attacks_in_the_fragment_are_nothing(
    page: Page, hostile_address: str, hostile_texts: tuple[str, ...]
) -> None:
    for attack in hostile_texts:
        page.goto("about:blank")
        page.goto(f"{hostile_address}/#a:{quote(attack)}")
        page.wait_for_selector("html[data-ready=yes]", state="attached")
        assert page.evaluate("window.pwned") is None
        assert page.locator("#reader").is_hidden()
