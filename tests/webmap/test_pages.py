"""The pages without a browser: what they say, how they filter, and how they fail."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
from flask.testing import FlaskClient
from shapely.geometry import Point

from layers import schema
from layers.atlas import AtlasContent, write_atlas
from layers.errors import AtlasError
from layers.model import Basis, Issue, Precision
from layers.schema import features_from_layer
from webmap import create_app
from webmap.errors import AssetMissingError

PAGES = (
    "/",
    "/?lang=en",
    "/features/sample-2011:projects:贝特瑞石墨项目",
    "/plans/sample-2011",
    "/data",
    "/about",
    "/nothing",
)


def listed(page: str) -> list[str]:
    """The ids in the list of the map page."""
    return re.findall(r'<li data-id="([^"]+)"', page)


def checked(page: str, name: str) -> list[str]:
    """The values of the boxes that are ticked."""
    return re.findall(rf'name="{name}" value="([^"]+)" checked', page)


def text_of(page: str) -> str:
    """What a reader sees, in one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page))).strip()


def test_map_page_is_chinese_and_may_be_zoomed(client: FlaskClient) -> None:
    page = client.get("/").text

    assert '<html lang="zh-CN">' in page
    assert "<title>黑龙江省产业规划地图</title>" in page
    assert 'content="width=device-width, initial-scale=1"' in page
    assert "user-scalable" not in page
    assert page.count('name="viewport"') == 1


def test_map_page_holds_the_folium_map(client: FlaskClient) -> None:
    page = client.get("/").text

    assert '<div class="folium-map" id="map_atlas"></div>' in page
    assert "var map_atlas = L.map(" in page
    assert "L.markerClusterGroup(" in page
    assert "贝特瑞" not in page[page.index("var map_atlas") :], "no text of a plan in a script"


def test_map_page_lists_every_feature_and_counts_the_unlocated(client: FlaskClient) -> None:
    page = client.get("/").text

    assert listed(page) == [
        "sample-2011:layout:哈大齐工业走廊",
        "sample-2011:clusters:石墨产业集群",
        "sample-2011:parks:哈尔滨市农机产业园",
        "sample-2011:projects:贝特瑞石墨项目",
        "sample-2011:projects:某项目",
    ]
    assert "5 项" in text_of(page)
    assert "5 项中 1 项未定位" in text_of(page)
    assert "未上图：1 项" in text_of(page)
    assert checked(page, "layer") == ["layout", "clusters", "parks", "projects"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("industry=materials", ["石墨产业集群", "贝特瑞石墨项目"]),
        ("industry=equipment&layer=parks", ["哈尔滨市农机产业园"]),
        ("place=230113", ["哈尔滨市农机产业园"]),
        ("place=230100", ["哈大齐工业走廊", "哈尔滨市农机产业园"]),
        ("q=贝特瑞", ["贝特瑞石墨项目"]),
        ("year=2012&layer=clusters", ["石墨产业集群"]),
        ("period=2011-2013&layer=layout&plan=sample-2011", ["哈大齐工业走廊"]),
        ("q=&year=&place=&layer=parks", ["哈尔滨市农机产业园"]),
    ],
)
def test_the_form_filters_without_scripts(
    client: FlaskClient, query: str, expected: list[str]
) -> None:
    page = client.get(f"/?{query}").text

    assert [id_.rsplit(":", 1)[1] for id_ in listed(page)] == expected


def test_the_form_shows_the_state_of_the_address(client: FlaskClient) -> None:
    page = client.get(
        "/?industry=materials.graphite&period=2011-2013&year=2011&place=230113&q=石墨&layer=parks"
    ).text

    assert checked(page, "industry") == ["materials.graphite"]
    assert checked(page, "period") == ["2011-2013"]
    assert checked(page, "layer") == ["parks"]
    assert '<option value="230113" selected>' in page
    assert re.search(r'name="year"[^>]* value="2011"', page)
    assert re.search(r'name="q"[^>]* value="石墨"', page)
    assert re.search(r"<details open><summary><span class=\"unseen\">新材料", page)


def test_an_empty_result_says_why(client: FlaskClient) -> None:
    page = client.get("/?industry=chemicals&layer=projects").text

    assert listed(page) == []
    assert "没有规划内容同时符合所有筛选条件" in page


def test_where_a_county_has_nothing_its_prefecture_is_offered(client: FlaskClient) -> None:
    page = client.get("/?place=230113&layer=layout").text

    assert listed(page) == []
    assert 'href="/?layer=layout&amp;place=230100">哈尔滨市全境有 1 项</a>' in page
    assert "全境有" not in client.get("/?place=230113&layer=clusters").text


def test_feature_page_shows_facts_and_the_sentence(client: FlaskClient) -> None:
    page = client.get("/features/sample-2011:projects:贝特瑞石墨项目").text
    text = text_of(page)

    assert "建设哈尔滨市农机产业园（双城），<mark>贝特瑞石墨项目（鸡西）</mark>等重点项目。" in page
    assert 'href="/plans/sample-2011#L3"' in page
    for fact in (
        "样例实施方案",
        "2011-2013",
        "石墨",
        "鸡西市",
        "原文：鸡西",
        "条目原文写明地点",
        "到市（地）",
        "图上的点是市（地）政府驻地",
        "企业贝特瑞",
        "进展在建",
        "人工核对修订",
    ):
        assert fact in text


def test_feature_without_a_place_says_why(client: FlaskClient) -> None:
    text = text_of(client.get("/features/sample-2011:projects:某项目").text)

    assert "未上图：规划没有写明地点。" in text
    assert "未分类" in text


def test_plan_page_marks_the_text_and_keeps_it_whole(client: FlaskClient) -> None:
    page = client.get("/plans/sample-2011").text
    lines = re.findall(r'<p id="L(\d+)"><a class="line"[^>]*>\d+</a>(.*?)</p>', page)

    assert [number for number, _ in lines] == ["1", "2", "3", "4"]
    assert (
        text_of(lines[2][1]) == "建设哈尔滨市农机产业园（双城），贝特瑞石墨项目（鸡西）等重点项目。"
    )
    assert 'id="sample-2011:projects:贝特瑞石墨项目">贝特瑞石墨项目（鸡西）</a>' in page


def test_data_page_links_every_layer_that_has_rows(client: FlaskClient) -> None:
    page = client.get("/data").text
    links = re.findall(r'href="(/api/layers/\w+\.geojson)" download', page)

    assert links == [
        f"/api/layers/{name}.geojson"
        for name in ("layout", "clusters", "parks", "projects", "places")
    ]
    for link in re.findall(r'href="(/api/[^"]+)"', page):
        assert client.get(unescape(link)).status_code == 200, link


def test_about_page_counts_what_is_located(client: FlaskClient) -> None:
    text = text_of(client.get("/about").text)

    assert "样例实施方案重点项目21 (50 %)" in text
    assert "天地图" in text
    assert "CC BY 4.0" in text


def test_english_is_one_click_away_and_stays(client: FlaskClient) -> None:
    chinese = client.get("/?industry=materials").text
    english = client.get("/?industry=materials&lang=en").text

    assert 'href="/?industry=materials&amp;lang=en"' in chinese
    assert 'href="/?industry=materials"' in english
    assert '<html lang="en">' in english
    assert "New materials" in english
    assert "Key projects" in english
    assert 'href="/about?lang=en"' in english
    assert '<input type="hidden" name="lang" value="en">' in english


def test_the_language_may_be_set_for_all(atlas_path: Path) -> None:
    page = create_app(atlas_path, language="en").test_client().get("/").text

    assert '<html lang="en">' in page
    assert 'href="/?lang=zh"' in page
    assert 'href="/about"' in page


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, ["没有这个页面"]),
        ("/compare", 404, ["没有这个页面"]),
        ("/features/x", 404, ["没有这项内容"]),
        ("/plans/x", 404, ["sample-2011"]),
        ("/?industry=steel", 400, ["steel", "materials"]),
        ("/?colour=red", 400, ["colour"]),
        ("/?layer=places", 400, ["places", "projects"]),
        ("/?bbox=1,2,3,4", 400, ["bbox"]),
        ("/?lang=fr", 400, ["fr", "zh"]),
        ("/about?x=1", 400, ["x"]),
        ("/data?x=1", 400, ["x"]),
        ("/plans/sample-2011?x=1", 400, ["x"]),
    ],
)
def test_an_error_is_a_page_that_names_it(
    client: FlaskClient, path: str, status: int, words: list[str]
) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    for word in words:
        assert word in response.text


def test_a_fault_of_ours_is_a_page_without_secrets(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the password is 1234")

    monkeypatch.setattr("webmap.pages.sentence_around", fail)
    response = client.get("/features/sample-2011:projects:某项目")

    assert response.status_code == 500
    assert "服务器出错了" in response.text
    assert "1234" not in response.text


def test_the_atlas_is_read_anew_when_it_is_replaced(
    own_client: FlaskClient, content: AtlasContent, atlas_path: Path
) -> None:
    before = own_client.get("/").text
    fewer = {
        name: frame.iloc[:1] if name == "projects" else frame
        for name, frame in content.layers.items()
    }
    write_atlas(
        AtlasContent(
            layers=fewer,
            issues=content.issues,
            plans=content.plans,
            paragraphs=content.paragraphs,
            industries=content.industries,
        ),
        atlas_path,
    )
    after = own_client.get("/").text

    assert (len(listed(before)), len(listed(after))) == (5, 4)


def test_a_damaged_atlas_does_not_take_the_pages_down(
    own_client: FlaskClient, atlas_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own_client.get("/")
    atlas_path.write_bytes(b"")

    assert len(listed(own_client.get("/").text)) == 5
    assert "keeping the last atlas" in caplog.text


def test_what_the_build_has_not_made_is_missed_at_once(
    atlas_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.assets.STATIC", tmp_path)
    with pytest.raises(AssetMissingError, match=r"vendor/leaflet has no leaflet\.js.*pip install"):
        create_app(atlas_path)


def test_a_missing_atlas_is_missed_at_once(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match="planmap build"):
        create_app(tmp_path / "no.gpkg")


def test_it_may_stand_below_a_path(client: FlaskClient) -> None:
    page = client.get("/", environ_overrides={"SCRIPT_NAME": "/plans-map"}).text

    addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert len(addresses) >= 20
    assert all(address.startswith("/plans-map/") for address in addresses), addresses


def test_outlines_are_of_the_region_and_last(client: FlaskClient) -> None:
    page = client.get("/").text
    address = re.search(r'"prefecture":"(/map/outlines/[^"]+)"', page)
    assert address is not None
    response = client.get(address[1].replace("\\u0026", "&"))
    features = response.get_json(force=True)["features"]

    assert len(features) == 13
    assert {feature["properties"]["name"] for feature in features} >= {"哈尔滨市", "大兴安岭地区"}
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get("/map/outlines/village.geojson").status_code == 404


def test_features_for_the_map_are_the_located_ones(client: FlaskClient) -> None:
    answer = client.get("/map/features.json").get_json(force=True)
    short = {feature["id"]: feature for feature in answer["features"]}

    assert len(short) == 4
    assert short["sample-2011:projects:贝特瑞石墨项目"] == {
        "id": "sample-2011:projects:贝特瑞石墨项目",
        "layer": "projects",
        "name": "贝特瑞石墨项目",
        "role": None,
        "family": "materials",
        "glyph": "材",
        "certainty": "coarse",
        "anchor": [130.97, 45.3],
        "area": None,
    }
    assert short["sample-2011:clusters:石墨产业集群"]["certainty"] == "inferred"
    assert short["sample-2011:parks:哈尔滨市农机产业园"]["certainty"] == "firm"
    corridor = short["sample-2011:layout:哈大齐工业走廊"]
    assert corridor["role"] == "corridor"
    assert answer["areas"][corridor["area"]]["type"] in ("Polygon", "MultiPolygon")
    assert len(answer["areas"]) == 2


def test_every_link_of_the_pages_leads_somewhere(client: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/?lang=en"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path, buffered=True)
        assert response.status_code == 200, path
        if response.mimetype == "text/html":
            links = re.findall(r'(?:href|src)="(/[^"#]*)', response.text)
            waiting += [unescape(link) for link in links]
    assert quote("/features/sample-2011:projects:某项目", safe="/:") in seen
    assert len(seen) > 40


def test_only_an_unfiltered_map_shows_the_newest_layout(client: FlaskClient) -> None:
    config = '"structure":["sample-2011:layout:哈大齐工业走廊"]'
    for path, unfiltered in (("/", True), ("/?q=&year=&lang=en", True), ("/?layer=layout", False)):
        page = client.get(path).text
        assert config in page
        assert ('id="results" data-unfiltered' in page) is unfiltered
    note = text_of(client.get("/").text)
    assert "区域：工业布局 · 《样例实施方案》（2011-2013）" in note


def with_issues(content: AtlasContent, path: Path) -> FlaskClient:
    """A client of the sample atlas with a masked name, a contradiction and what the text lacks."""
    text = content.plans.iloc[0]["text"]
    rows = []
    for kind, words, message in (
        ("masked", "“某项目”", "the source masks a part of this name"),
        ("contradiction", "石墨产业集群", "产值（2013年）: 1亿元 (lines 3, 4); 2亿元 (line 4)"),
        ("new-kind", "培育", "something new"),
    ):
        start = text.index(words)
        rows.append(
            Issue(
                type=kind,
                plan="sample-2011",
                message=message,
                seed="sample.txt",
                line=4,
                start=start,
                end=start + len(words),
                value=words,
            )
        )
    plan = content.plans.iloc[0].to_dict() | {"missing": ("附件1",)}
    issues = schema.issues_table(rows)
    write_atlas(
        replace(
            content,
            issues=pd.concat([content.issues, issues], ignore_index=True).astype(issues.dtypes),
            plans=schema.table_from_records([plan], "plans"),
        ),
        path,
    )
    return create_app(path).test_client()


def test_a_plan_says_at_the_top_what_it_lacks(content: AtlasContent, tmp_path: Path) -> None:
    page = with_issues(content, tmp_path / "a.gpkg").get("/plans/sample-2011").text
    note = page[page.index('id="issues"') : page.index("</section>")]
    text = text_of(note)

    assert "附件1" in text
    assert re.findall(r"<summary>(.*?) <small>(\d+)", note) == [
        ("名称被原文遮盖", "1"),
        ("前后数字不一致", "1"),
        ("未定位", "1"),
        ("new-kind", "1"),
    ]
    assert "“某项目” 第4行 原文遮盖了这个名称的一部分" in text
    assert "产值（2013年）：第 3, 4 行为 1亿元，第 4 行为 2亿元" in text
    assert page.index('id="issues"') < page.index('class="plan-text"')


def test_doubtful_words_are_marked_in_the_text(content: AtlasContent, tmp_path: Path) -> None:
    page = with_issues(content, tmp_path / "a.gpkg").get("/plans/sample-2011").text
    body = page[page.index('class="plan-text"') :]

    # Of the words that prove a feature the mark leads to the feature, of others to the issue.
    assert re.search(r'<a class="mark flaw" href="/features/[^"]*"[^>]*>“某项目”</a>', body)
    link = re.search(r'<a class="flaw" href="#(issue-\d)">培育</a>', body)
    assert link is not None
    assert f'<li id="{link[1]}">' in page


def test_about_counts_issues_by_plan_and_type(content: AtlasContent, tmp_path: Path) -> None:
    text = text_of(with_issues(content, tmp_path / "a.gpkg").get("/about").text)

    assert "规划名称被原文遮盖前后数字不一致未定位new-kind 样例实施方案1111" in text


def figures_of(content: AtlasContent, path: Path) -> FlaskClient:
    """A client of the sample atlas with two figures, an actual one and a target."""
    base = features_from_layer(content.layers["projects"])[1]
    rows = [
        replace(
            base,
            id=f"sample-2011:indicators:产值{year}",
            layer="indicators",
            name=f"产值{year}",
            basis=Basis.CONTEXT,
            precision=Precision.PROVINCE,
            places=("230300",),
            place_names=("鸡西市",),
            subject="石墨产业",
            measure="主营业务收入",
            value=value,
            unit="亿元",
            year=year,
            status=status,
        )
        for year, value, status in ((2010, 1234567.5, "actual"), (2013, 8500.0, "target"))
    ]
    layers = {**content.layers, "indicators": schema.layer_from_features(rows, "indicators")}
    write_atlas(replace(content, layers=layers), path)
    return create_app(path).test_client()


def test_figures_are_a_table_on_the_map_page(content: AtlasContent, tmp_path: Path) -> None:
    client = figures_of(content, tmp_path / "a.gpkg")
    page = client.get("/?layer=indicators").text
    text = text_of(page)

    assert len(listed(page)) == 0
    assert re.findall(r'<tr data-id="([^"]+)"', page) == [
        "sample-2011:indicators:产值2010",
        "sample-2011:indicators:产值2013",
    ]
    assert "石墨产业主营业务收入1234567.5亿元2010实际值4" in text
    assert "石墨产业主营业务收入8500亿元2013目标值4" in text
    assert "2 项 · 指标 2 项，没有地点" in text
    assert "未定位" not in text.split("图层")[0]
    assert 'id="results" data-figures' in page
    assert checked(page, "layer") == ["indicators"]
    assert "主营业务收入" not in client.get("/").text


def test_figures_are_never_counted_as_located(content: AtlasContent, tmp_path: Path) -> None:
    client = figures_of(content, tmp_path / "a.gpkg")
    about = client.get("/about").text

    assert "样例实施方案指标2–" in text_of(about)
    assert 'href="/plans/sample-2011#figures"' in about
    assert "全省" not in text_of(about[about.index("定位依据") :]).split("坐标")[0]
    assert "指标 indicators2–" in text_of(client.get("/data").text)
    plan = text_of(client.get("/plans/sample-2011").text)
    assert "规划中的指标 2" in plan
    assert "石墨产业主营业务收入8500亿元2013目标值4" in plan


def test_the_same_thing_in_other_plans_stands_in_order_of_period(
    content: AtlasContent, tmp_path: Path
) -> None:
    project = features_from_layer(content.layers["projects"])[0]
    others = [
        replace(
            project,
            id=f"other-{year}:projects:贝特瑞",
            plan=f"other-{year}",
            name=f"贝特瑞{year}",
            period_start=year,
            period_end=year + 4,
            related=(project.id,),
        )
        for year in (2019, 2006)
    ]
    known = replace(project, related=tuple(other.id for other in others))
    plan = content.plans.iloc[0].to_dict()
    plans = [plan, *({**plan, "id": other.plan, "period": other.period} for other in others)]
    layers = {
        **content.layers,
        "projects": schema.layer_from_features([known, *others], "projects"),
    }
    path = tmp_path / "a.gpkg"
    write_atlas(
        replace(content, layers=layers, plans=schema.table_from_records(plans, "plans")), path
    )
    page = create_app(path).test_client().get(f"/features/{known.id}").text

    rows = re.findall(r'<span class="period">([\d-]+)</span> (.*?) <small>', page)
    assert [(period, text_of(name)) for period, name in rows] == [
        ("2006-2010", "贝特瑞2006"),
        ("2011-2013", "贝特瑞石墨项目"),
        ("2019-2023", "贝特瑞2019"),
    ]
    assert 'data-feature="other-2006:projects:贝特瑞"' in page


def test_a_point_on_the_ground_of_another_province_is_explained(
    content: AtlasContent, tmp_path: Path
) -> None:
    seat = replace(
        features_from_layer(content.layers["projects"])[0],
        places=("232700",),
        place_names=("大兴安岭地区",),
        geometry=Point(124.1261, 50.4227),
    )
    layers = {**content.layers, "projects": schema.layer_from_features([seat], "projects")}
    path = tmp_path / "a.gpkg"
    write_atlas(replace(content, layers=layers), path)
    text = text_of(create_app(path).test_client().get(f"/features/{seat.id}").text)

    assert "点在省界轮廓之外：该处由大兴安岭地区管辖，而地面在内蒙古自治区界内。" in text


def test_a_point_within_the_province_needs_no_explanation(client: FlaskClient) -> None:
    text = text_of(client.get("/features/sample-2011:projects:贝特瑞石墨项目").text)

    assert "省界轮廓" not in text
