"""The map page in Chromium: filters, list, feature, history, keyboard, and no foreign address."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PROJECT = "sample-2011:projects:贝特瑞石墨项目"
ALL = [
    "sample-2011:layout:哈大齐工业走廊",
    "sample-2011:clusters:石墨产业集群",
    "sample-2011:parks:哈尔滨市农机产业园",
    PROJECT,
    "sample-2011:projects:某项目",
]


def ready(page: Page, address: str) -> None:
    """Open the map page and wait until its modules have drawn."""
    page.goto(address)
    page.wait_for_selector("html[data-ready=yes]", state="attached")


def listed(page: Page) -> list[str]:
    """The ids in the list."""
    rows = page.locator("#results [data-id]")
    return [row.get_attribute("data-id") or "" for row in rows.all()]


def on_map(page: Page) -> int:
    """How many features the symbols and counts on the map stand for."""
    counts = sum(int(text) for text in page.locator(".tally text").all_text_contents())
    return counts + page.locator(".leaflet-marker-pane .marker").count()


def test_the_map_shows_what_the_list_shows(page: Page, address: str, complaints: list[str]) -> None:
    ready(page, address)

    assert listed(page) == ALL
    assert on_map(page) == 4, "one of five has no place"
    assert page.locator(".place-name.prefecture").count() == 13
    assert page.locator(".place-name.county").count() == 121
    expect(page.locator(".count")).to_contain_text("5 项中 1 项未定位")
    assert complaints == []


def test_a_filter_changes_map_list_and_address_without_a_reload(page: Page, address: str) -> None:
    ready(page, address)
    page.evaluate("window.sameDocument = true")
    page.get_by_role("checkbox", name="新材料", exact=True).check()

    expect(page.locator("#results [data-id]")).to_have_count(2)
    assert page.url == f"{address}/?industry=materials"
    assert on_map(page) == 2
    page.get_by_role("checkbox", name="园区与基地").uncheck()
    page.get_by_role("checkbox", name="产业集群").uncheck()
    expect(page.locator("#results [data-id]")).to_have_count(1)
    assert page.url == f"{address}/?layer=layout&layer=projects&industry=materials"
    assert on_map(page) == 1
    assert page.evaluate("window.sameDocument") is True


def test_back_and_forward_restore_form_list_and_map(page: Page, address: str) -> None:
    ready(page, address)
    page.get_by_role("checkbox", name="新材料", exact=True).check()
    expect(page.locator("#results [data-id]")).to_have_count(2)
    page.get_by_label("地点").select_option("230113")
    expect(page.locator("#results [data-id]")).to_have_count(0)
    expect(page.locator(".empty")).to_contain_text("没有规划内容同时符合")

    page.go_back()
    expect(page.locator("#results [data-id]")).to_have_count(2)
    assert page.get_by_label("地点").input_value() == ""
    assert page.get_by_role("checkbox", name="新材料", exact=True).is_checked()
    page.go_back()
    expect(page.locator("#results [data-id]")).to_have_count(5)
    assert not page.get_by_role("checkbox", name="新材料", exact=True).is_checked()
    assert on_map(page) == 4
    page.go_forward()
    expect(page.locator("#results [data-id]")).to_have_count(2)
    assert page.get_by_role("checkbox", name="新材料", exact=True).is_checked()


def test_typing_filters_after_a_pause(page: Page, address: str) -> None:
    ready(page, address)
    page.get_by_label("关键词").fill("贝特瑞")

    expect(page.locator("#results [data-id]")).to_have_count(1)
    assert page.url == f"{address}/?q={quote('贝特瑞')}"


def test_an_address_opens_its_state(page: Page, address: str) -> None:
    ready(page, f"{address}/?industry=materials&layer=projects#{quote(PROJECT)}")

    assert page.get_by_role("checkbox", name="新材料", exact=True).is_checked()
    expect(page.locator("#reader h2")).to_have_text("贝特瑞石墨项目")
    assert listed(page) == [PROJECT]


def test_a_row_opens_the_sentence_and_the_list_comes_back(page: Page, address: str) -> None:
    ready(page, address)
    page.get_by_role("link", name="贝特瑞石墨项目").click()

    panel = page.locator("#reader")
    expect(panel.locator("h2")).to_have_text("贝特瑞石墨项目")
    expect(panel.locator("mark")).to_have_text("贝特瑞石墨项目（鸡西）")
    for words in ("样例实施方案", "2011-2013", "石墨", "鸡西市", "条目原文写明地点", "到市（地）"):
        expect(panel).to_contain_text(words)
    assert unquote(page.url) == f"{address}/#{PROJECT}"
    assert page.locator("#results").is_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#results")).to_be_visible()
    assert page.evaluate("document.activeElement.closest('[data-id]').dataset.id") == PROJECT


def test_a_symbol_on_the_map_opens_its_sentence(page: Page, address: str) -> None:
    ready(page, f"{address}/?layer=projects")
    page.locator(".leaflet-marker-pane .marker").click()

    expect(page.locator("#reader h2")).to_have_text("贝特瑞石墨项目")
    assert page.locator(".marker.chosen").count() == 1


def test_a_symbol_can_be_used_with_the_keyboard(page: Page, address: str) -> None:
    ready(page, f"{address}/?layer=projects")
    marker = page.locator(".leaflet-marker-pane .marker")
    assert marker.get_attribute("aria-label") == "贝特瑞石墨项目"
    marker.focus()
    page.keyboard.press("Enter")

    expect(page.locator("#reader h2")).to_have_text("贝特瑞石墨项目")


def test_an_area_opens_its_sentence(page: Page, address: str) -> None:
    ready(page, f"{address}/?layer=layout")
    area = page.locator(".leaflet-areas-pane path").first
    box = area.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 6, box["y"] + 6)

    expect(page.locator("#reader h2")).to_have_text("哈大齐工业走廊")


def test_a_count_leads_to_what_it_counts(page: Page, address: str) -> None:
    ready(page, f"{address}/?industry=materials")
    page.locator(".tally").click()

    expect(page.locator("#here")).to_be_visible()
    expect(page.locator("#here-count")).to_have_text("2")
    page.get_by_role("button", name="全部列表").click()
    expect(page.locator("#here")).to_be_hidden()


def test_a_link_in_the_panel_filters_the_map(page: Page, address: str) -> None:
    ready(page, f"{address}/#{quote(PROJECT)}")
    page.locator("#reader").get_by_role("link", name="鸡西市").click()

    expect(page.locator("#results [data-id]")).to_have_count(2)
    assert page.url == f"{address}/?place=230300"
    assert page.get_by_label("地点").input_value() == "230300"


def test_a_filter_that_does_not_exist_shows_the_reason(page: Page, address: str) -> None:
    response = page.goto(f"{address}/?industry=steel")

    assert response is not None
    assert response.status == 400
    expect(page.locator("main")).to_contain_text("steel")


def test_english_keeps_the_state(page: Page, address: str) -> None:
    ready(page, address)
    page.get_by_role("checkbox", name="新材料", exact=True).check()
    expect(page.locator("#results [data-id]")).to_have_count(2)
    page.get_by_role("link", name="English").click()

    page.wait_for_selector("html[data-ready=yes][lang=en]", state="attached")
    assert page.url == f"{address}/?industry=materials&lang=en"
    assert listed(page) == [ALL[1], PROJECT]
    page.get_by_role("checkbox", name="New materials", exact=True).uncheck()
    expect(page.locator("#results [data-id]")).to_have_count(5)
    assert page.url == f"{address}/?lang=en"
    page.get_by_role("link", name="贝特瑞石墨项目").click()
    expect(page.locator("#reader dt").first).to_have_text("Plan")
    page.get_by_role("link", name="中文").click()
    expect(page.locator("#reader dt").first).to_have_text("规划")


def test_without_scripts_the_form_reloads_and_links_lead_to_pages(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(address)
    expect(page.locator("noscript .note")).to_be_visible()
    page.get_by_role("checkbox", name="新材料", exact=True).check()
    page.get_by_role("button", name="应用").click()

    assert "industry=materials" in page.url
    assert listed(page) == [ALL[1], PROJECT]
    page.get_by_role("link", name="贝特瑞石墨项目").click()
    expect(page.locator("mark")).to_have_text("贝特瑞石墨项目（鸡西）")
    page.get_by_role("link", name="《样例实施方案》第3行").click()
    assert unquote(page.url) == f"{address}/plans/sample-2011#L3"
    expect(page.locator("#L3")).to_contain_text("贝特瑞石墨项目（鸡西）等重点项目。")


PATHS = (
    "/",
    "/?lang=en",
    f"/#{PROJECT}",
    f"/features/{PROJECT}",
    "/plans/sample-2011",
    "/data",
    "/about",
)


@pytest.mark.parametrize("width", [1440, 820, 360])
@pytest.mark.parametrize("path", PATHS)
def test_pages_ask_only_their_own_server_and_fit_the_screen(
    open_page: Callable[..., Page],
    address: str,
    requests: list[str],
    complaints: list[str],
    path: str,
    width: int,
) -> None:
    page = open_page(width)
    page.goto(f"{address}{path}", wait_until="networkidle")

    assert requests
    assert all(url.startswith((f"{address}/", "data:")) for url in requests), requests
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_filters_are_folded_and_open(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(360, 740)
    ready(page, address)
    assert page.get_by_role("checkbox", name="新材料", exact=True).is_hidden()
    page.get_by_text("筛选与图例").click()
    page.get_by_role("checkbox", name="新材料", exact=True).check()

    expect(page.locator("#results [data-id]")).to_have_count(2)


def test_a_row_under_the_pointer_shows_where_it_is(page: Page, address: str) -> None:
    ready(page, f"{address}/?industry=materials")
    areas = page.locator(".leaflet-areas-pane path")
    before = areas.count()
    page.get_by_role("link", name="石墨产业集群").hover()
    expect(areas).to_have_count(before + 1)
    page.get_by_role("link", name="贝特瑞石墨项目").hover()
    expect(page.locator(".ring")).to_have_count(1)
    page.get_by_role("searchbox").hover()
    expect(page.locator(".ring")).to_have_count(0)
    expect(areas).to_have_count(before)


def test_a_tile_layer_asks_nobody_until_it_is_chosen(
    tiled_address: str, open_page: Callable[..., Page], requests: list[str], complaints: list[str]
) -> None:
    page = open_page()
    # Answered here, so that the test needs no network.
    page.route(
        re.compile("^https://"), lambda route: route.fulfill(status=200, content_type="image/png")
    )
    ready(page, tiled_address)
    assert all(url.startswith((tiled_address, "data:")) for url in requests), requests
    page.locator(".leaflet-control-layers").hover()
    page.get_by_label("OpenStreetMap").check()
    page.wait_for_selector(".leaflet-tile", state="attached")

    foreign = {urlsplit(url).netloc for url in requests} - {urlsplit(tiled_address).netloc, ""}
    assert foreign == {"tile.openstreetmap.org"}
    assert not [text for text in complaints if "Content Security Policy" in text]
