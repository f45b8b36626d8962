"""Filters: what is parsed, what is refused and in which words, and what is taken."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from layers import schema
from layers.atlas import AtlasContent
from layers.errors import FilterError
from layers.query import (
    MAX_VALUES,
    PARAMETERS,
    Box,
    Facts,
    Filter,
    PlaceFact,
    is_within,
    parse_box,
    parse_filter,
    select,
)

FACTS = Facts(
    layers=schema.LAYERS,
    industries={
        "equipment": ("equipment", "equipment.farm-machinery"),
        "equipment.farm-machinery": ("equipment.farm-machinery",),
        "materials": ("materials", "materials.graphite"),
        "materials.graphite": ("materials.graphite",),
    },
    plans=("harbin-2006", "projects-2011", "innovation-2016", "industry-2019"),
    periods=((2006, 2010), (2011, 2013), (2016, 2020), (2019, 2025)),
    places=(
        PlaceFact("230000", "黑龙江省", "黑龙江省"),
        PlaceFact("230100", "哈尔滨市", "哈尔滨市"),
        PlaceFact("230113", "双城区", "哈尔滨市/双城区"),
        PlaceFact("230402", "向阳区", "鹤岗市/向阳区"),
        PlaceFact("230803", "向阳区", "佳木斯市/向阳区"),
    ),
)


def parse(**parameters: str | list[str]) -> Filter:
    return parse_filter({k: [v] if isinstance(v, str) else v for k, v in parameters.items()}, FACTS)


def feature_frame() -> gpd.GeoDataFrame:
    """Four rows with what `select` reads; the last one has no place."""
    return gpd.GeoDataFrame(
        {
            "layer": ["parks", "parks", "projects", "projects"],
            "plan": ["harbin-2006", "projects-2011", "innovation-2016", "industry-2019"],
            "period": ["2006-2010", "2011-2013", "2016-2020", "2019-2025"],
            "period_start": [2006, 2011, 2016, 2019],
            "period_end": [2010, 2013, 2020, 2025],
            "industries": [
                ("equipment",),
                ("equipment.farm-machinery", "materials"),
                ("materials.graphite",),
                (),
            ],
            "places": [("230100",), ("230113", "230200"), ("230300",), ()],
            "name": ["平房工业园", "双城农机园", "石墨项目", "ＡＢＣ项目"],
            "enterprise": pd.Series([None, None, "贝特瑞", None], dtype=object),
            "quote": ["建设平房工业园。", "建设双城农机园。", "贝特瑞石墨。", "某句。"],
        },
        geometry=[Point(126.6, 45.6), Point(126.3, 45.4), Point(131, 45.3), None],
        crs="EPSG:4326",
    )


def rows(**parameters: str | list[str]) -> list[int]:
    return list(select(feature_frame(), parse(**parameters)).index)


# -- what is taken ------------------------------------------------------------------------


def test_an_empty_filter_takes_everything() -> None:
    assert parse() == Filter()
    assert not parse()
    assert rows() == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("parameters", "taken"),
    [
        ({"industry": "equipment"}, [0, 1]),
        ({"industry": "equipment.farm-machinery"}, [1]),
        ({"industry": "materials"}, [1, 2]),
        ({"industry": ["equipment", "materials"]}, [0, 1, 2]),
        ({"plan": "projects-2011"}, [1]),
        ({"plan": ["projects-2011", "industry-2019"]}, [1, 3]),
        ({"period": "2011-2013"}, [1]),
        ({"year": "2019"}, [2, 3]),
        ({"year": "2020"}, [2, 3]),
        ({"year": "2021"}, [3]),
        ({"year": "2014"}, []),
        ({"place": "230100"}, [0, 1]),
        ({"place": "哈尔滨市"}, [0, 1]),
        ({"place": "双城区"}, [1]),
        ({"place": "哈尔滨市/双城区"}, [1]),
        ({"place": "２３０１１３"}, [1]),
        ({"place": "黑龙江省"}, [0, 1, 2]),
        ({"layer": "projects"}, [2, 3]),
        ({"bbox": "126.5,45,127,46"}, [0]),
        ({"bbox": "126.6,45.6,126.6,45.6"}, [0]),
        # From 130 east over the antimeridian to 126.5: all but what lies from there to 130.
        ({"bbox": "130,40,126.5,50"}, [1, 2]),
        ({"bbox": ["126.5,45,127,46", "130,45,132,46"]}, [0, 2]),
        ({"q": "贝特瑞"}, [2]),
        ({"q": "abc"}, [3]),
        ({"q": "建设"}, [0, 1]),
        ({"q": ["abc", "双城"]}, [1, 3]),
        ({"industry": "equipment", "place": "双城区"}, [1]),
        ({"industry": "equipment", "period": "2016-2020"}, []),
    ],
)
def test_what_a_filter_takes(parameters: dict[str, str | list[str]], taken: list[int]) -> None:
    assert rows(**parameters) == taken


def test_nothing_taken_is_still_a_layer(content: AtlasContent) -> None:
    parks = content.layers["parks"]
    taken = select(parks, parse(year="2019"))
    assert list(taken.columns) == list(parks.columns)
    assert len(taken) == 0
    # And once more, from the empty layer.
    assert list(select(taken, parse(industry="equipment", q="园")).columns) == list(parks.columns)


@pytest.mark.parametrize(
    ("parameters", "taken"),
    [
        ({"place": "哈尔滨市"}, ["230100", "230113"]),
        ({"place": "双城区"}, ["230113"]),
        ({"industry": "materials"}, ["230300"]),
        ({"industry": "materials", "period": "2016-2020"}, []),
        ({"period": "2011-2013"}, ["230100", "230113", "230300"]),
        ({"year": "2012"}, ["230100", "230113", "230300"]),
        ({"year": "2019"}, []),
        ({"q": "双城"}, ["230113"]),
        ({"bbox": "130.5,45.5,140,50"}, ["230300"]),
    ],
)
def test_places_are_taken_by_what_the_plans_say_of_them(
    content: AtlasContent, parameters: dict[str, str], taken: list[str]
) -> None:
    assert list(select(content.layers["places"], parse(**parameters))["adcode"]) == taken


@pytest.mark.parametrize(
    ("adcode", "region", "answer"),
    [
        ("230113", "230113", True),
        ("230113", "230100", True),
        ("230113", "230000", True),
        ("230100", "230113", False),
        ("230113", "230200", False),
        ("231000", "230000", True),
        ("220100", "230000", False),
        ("230000", "230100", False),
    ],
)
def test_within_by_code(adcode: str, region: str, answer: bool) -> None:
    assert is_within(adcode, region) is answer


# -- what is refused ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("industry", "steel", "industry: there is no 'steel'; there are equipment, equipment.farm"),
        ("plan", "plan-9", "plan: there is no 'plan-9'; there are harbin-2006, projects-2011"),
        ("period", "2011-2014", "period: there is no '2011-2014'; there are 2006-2010, 2011-2013"),
        ("layer", "park", "layer: there is no 'park'; there are layout, clusters"),
        ("place", "上海市", "place: there is no '上海市'; give a six-digit code or an official"),
        ("place", "999999", "place: there is no '999999'"),
        ("place", "向阳区", "several: 鹤岗市/向阳区 (230402), 佳木斯市/向阳区 (230803)"),
        ("year", "20", "year: '20' is not a year of four digits"),
        ("year", "２０１７", "is not a year of four digits"),
        ("year", "2026", "year: no plan reaches 2026; the plans cover 2006 to 2025"),
        ("bbox", "1,2,3", "bbox: '1,2,3' is not four numbers"),
        ("bbox", "1,2,3,4,5,6", "is not four numbers"),
        ("bbox", "1,2,3,nan", "is not four numbers"),
        ("bbox", "1,2,3,inf", "is not four numbers"),
        ("bbox", "1,2,3,1_0", "is not four numbers"),
        ("bbox", "-181,0,0,1", "a longitude of '-181,0,0,1' is not within -180 to 180"),
        ("bbox", "0,-91,0,1", "a latitude of '0,-91,0,1' is not within -90 to 90"),
        ("bbox", "0,2,1,1", "has its minlat above its maxlat"),
        ("bbox", "0,0,1,1e999", "is not within -90 to 90"),
        ("q", "a\nb", "q: 'a\\nb' holds a control character"),
        ("q", "\x00", "holds a control character"),
        ("q", "\ud800", "q: '\\ud800' holds a control character or a lone surrogate"),
        ("q", "x" * 201, "q: a value of 201 characters; at most 200"),
        ("q", " ", "q: an empty value"),
        ("industry", "", "industry: an empty value"),
    ],
)
def test_a_refusal_names_the_parameter_the_value_and_what_exists(
    name: str, value: str, message: str
) -> None:
    with pytest.raises(FilterError) as caught:
        parse(**{name: value})
    assert message in str(caught.value)
    assert str(caught.value).isprintable()


def test_an_unknown_parameter_is_told_with_those_that_exist() -> None:
    with pytest.raises(FilterError, match=re.escape("unknown parameter 'colour'; there are layer")):
        parse(colour="red")


def test_a_parameter_that_makes_no_sense_here_is_unknown() -> None:
    with pytest.raises(FilterError, match=re.escape("unknown parameter 'layer'; there are q")):
        parse_filter({"layer": ["parks"]}, FACTS, allowed=("q",))


def test_blank_values_of_a_form_count_as_absent() -> None:
    given = {"industry": ["", "equipment"], "q": [" "], "period": [""]}
    assert parse_filter(given, FACTS, blank_is_absent=True) == parse(industry="equipment")


def test_too_many_values() -> None:
    with pytest.raises(FilterError, match=f"q: {MAX_VALUES + 1} values; at most {MAX_VALUES}"):
        parse(q=["x"] * (MAX_VALUES + 1))


def test_a_long_list_of_what_exists_is_cut() -> None:
    facts = Facts((), {f"code-{n}": (f"code-{n}",) for n in range(99)}, (), (), ())
    with pytest.raises(FilterError, match=r"code-29 and 69 more$"):
        parse_filter({"industry": ["x"]}, facts)


def test_repeated_values_count_once() -> None:
    assert parse(year=["2017", "2017"], place=["230100", "哈尔滨市"]) == parse(
        year="2017", place="230100"
    )


# -- properties ---------------------------------------------------------------------------

PAIRS = st.fixed_dictionaries(
    {},
    optional={
        "layer": st.lists(st.sampled_from(FACTS.layers), min_size=1),
        "industry": st.lists(st.sampled_from(list(FACTS.industries)), min_size=1),
        "plan": st.lists(st.sampled_from(FACTS.plans), min_size=1),
        "period": st.lists(st.sampled_from(["2006-2010", "2019-2025"]), min_size=1),
        "year": st.lists(st.integers(2006, 2025).map(str), min_size=1),
        "place": st.lists(st.sampled_from(["230000", "230100", "双城区"]), min_size=1),
        "bbox": st.lists(
            st.tuples(
                st.floats(-180, 180), st.floats(-90, 0), st.floats(-180, 180), st.floats(0, 90)
            ).map(lambda box: ",".join(map(repr, box))),
            min_size=1,
            max_size=3,
        ),
        "q": st.lists(
            st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20),
            min_size=1,
            max_size=3,
        ),
    },
)


@given(PAIRS)
def test_a_filter_as_parameters_parses_to_itself(parameters: dict[str, list[str]]) -> None:
    chosen = parse_filter(parameters, FACTS)
    again: dict[str, list[str]] = {}
    for name, value in chosen.pairs():
        again.setdefault(name, []).append(value)
    assert parse_filter(again, FACTS) == chosen
    assert list(again) == [name for name in PARAMETERS if name in again]


@given(PAIRS)
def test_a_filter_takes_a_part_and_taking_twice_changes_nothing(
    parameters: dict[str, list[str]],
) -> None:
    chosen = parse_filter(parameters, FACTS)
    once = select(feature_frame(), chosen)
    assert list(once.index) == sorted(once.index)
    assert list(select(once, chosen).index) == list(once.index)


@given(st.sampled_from(PARAMETERS), st.text(max_size=40))
def test_any_value_is_taken_or_refused_in_one_printable_line(name: str, value: str) -> None:
    message = ""
    try:
        parse(**{name: value})
    except FilterError as error:
        message = str(error)
    assert message.isprintable()


@given(
    st.floats(-180, 180),
    st.floats(-180, 180),
    st.tuples(st.floats(-90, 90), st.floats(-90, 90)).map(sorted),
    st.floats(-180, 180),
    st.floats(-90, 90),
)
def test_a_box_holds_a_point_as_plain_arithmetic_says(
    west: float, east: float, span: list[float], lon: float, lat: float
) -> None:
    parsed = parse_box(f"{west!r},{span[0]!r},{east!r},{span[1]!r}")
    assert parsed == Box(west, span[0], east, span[1])
    inside = west <= lon <= east if west <= east else lon >= west or lon <= east
    meets = any(p.intersects(Point(lon, lat)) for p in parsed.polygons())
    assert meets == (inside and span[0] <= lat <= span[1])


def test_the_two_halves_of_a_box_over_the_antimeridian() -> None:
    east, west = Box(170, -10, -170, 10).polygons()
    assert east.equals(box(170, -10, 180, 10))
    assert west.equals(box(-180, -10, -170, 10))
