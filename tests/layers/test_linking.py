"""The same thing in several plans: what links two features, and what must not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.sites import Site, read_sites
from layers.extraction import extract_features
from layers.extraction.tools import read_tools
from layers.linking import link_features
from layers.model import Evidence, Feature
from layers.organisations import Organisation, OrganisationIndex, read_organisations
from layers.plans import read_library

SEEDS = Path(__file__).parents[2] / "seeds"
SITES = read_sites()
NO_ORGANISATIONS = OrganisationIndex([])
PROVINCES = ("黑龙江省", "黑龙江")
PATHS = {
    "230100": "哈尔滨市",
    "230113": "哈尔滨市/双城区",
    "230300": "鸡西市",
    "230600": "大庆市",
    "230800": "佳木斯市",
}


def link(
    features: Sequence[Feature], organisations: OrganisationIndex, sites: Iterable[Site]
) -> tuple[Feature, ...]:
    return link_features(features, organisations, sites, PROVINCES, {"电气", "轻合金"}.__contains__)


def feature(
    layer: str,
    plan: str,
    name: str,
    places: tuple[str, ...] = (),
    industries: tuple[str, ...] = (),
    enterprise: str | None = None,
) -> Feature:
    return Feature(
        id=f"{plan}:{layer}:{name}",
        layer=layer,
        plan=plan,
        period_start=2011,
        period_end=2013,
        name=name,
        evidence=Evidence("a.txt", 1, 0, len(name), name),
        places=places,
        place_names=tuple(PATHS[code] for code in places),
        industries=industries,
        enterprise=enterprise,
    )


def linked(*features: Feature, organisations: OrganisationIndex = NO_ORGANISATIONS) -> list[bool]:
    """Whether each feature is related to the first; the first says whether to any."""
    first, *others = link(features, organisations, SITES)
    return [bool(first.related), *(first.id in other.related for other in others)]


def project(plan: str, name: str, enterprise: str | None, place: str = "230300") -> Feature:
    return feature("projects", plan, name, (place,), ("equipment",), enterprise)


# --- what is linked ------------------------------------------------------------------------------


def test_ids_of_the_same_thing_in_the_order_of_the_features() -> None:
    one, two, three, other = (
        feature("layout", "a-2011", "哈大齐工业走廊"),
        feature("layout", "b-2016", "哈大齐工业走廊建设区"),
        feature("layout", "c-2019", "“哈大齐工业走廊”"),
        feature("layout", "c-2019", "哈尔滨新区"),
    )
    found = link([three, one, other, two], NO_ORGANISATIONS, ())
    assert [f.id for f in found] == [three.id, one.id, other.id, two.id]
    assert [f.related for f in found] == [
        (one.id, two.id),
        (three.id, two.id),
        (),
        (three.id, one.id),
    ]


def test_nothing_but_related_changes() -> None:
    features = [
        feature("layout", "a-2011", "哈大齐工业走廊", ("230100",)),
        feature("layout", "b-2016", "哈大齐工业走廊", ("230100",)),
    ]
    found = link(features, NO_ORGANISATIONS, ())
    assert [replace(f, related=()) for f in found] == features


def test_links_of_before_are_made_anew() -> None:
    stale = replace(feature("layout", "a-2011", "甲区"), related=("gone:layout:甲",))
    assert link([stale], NO_ORGANISATIONS, ())[0].related == ()


def test_no_features() -> None:
    assert link([], NO_ORGANISATIONS, ()) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("大庆生物产业园", "大庆生物产业园区"),
        ("大庆生物园区", "大庆生物工业园区"),
        ("大庆市生物产业园", "大庆生物产业园"),
        ("大庆国家生物产业园", "大庆生物产业园"),
        ("甲－乙产业园", "甲-乙园区"),
    ],
)
def test_park_whose_name_only_varies(one: str, other: str) -> None:
    assert linked(
        feature("parks", "a-2011", one, ("230600",)),
        feature("parks", "b-2016", other, ("230600",)),
    ) == [True, True]


def test_park_is_known_by_its_site() -> None:
    site = next(site for site in SITES if len(site.names) > 1)
    assert linked(
        feature("parks", "a-2011", site.names[0], ("230100",)),
        feature("parks", "b-2016", site.names[1], ("230600",)),
    ) == [True, True]


def test_cluster_is_its_places_and_industries() -> None:
    one = feature("clusters", "a-2011", "甲集群", ("230300", "230600"), ("materials.graphite",))
    two = feature("clusters", "b-2016", "乙集群", ("230600", "230300"), ("materials.graphite",))
    three = feature("clusters", "b-2016", "丙集群", ("230600",), ("materials.graphite",))
    four = feature("clusters", "b-2016", "丁集群", ("230300", "230600"), ("equipment",))
    assert linked(one, two, three, four) == [True, True, False, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("鸡西市贝特瑞石墨产业园有限公司", "贝特瑞"),
        ("大庆福瑞邦生物科技有限公司", "福瑞邦"),
        ("黑龙江省龙油石油化工有限公司", "龙油"),
        ("沃尔沃汽车（中国）有限公司", "沃尔沃汽车"),
    ],
)
def test_firm_is_known_by_the_core_of_its_name(one: str, other: str) -> None:
    first = project("a-2011", f"{one}扩建", one)
    # The plan's own region is no part of the firm's name either.
    first = replace(first, places_as_written=("鸡西市", "大庆", "黑龙江省"))
    assert linked(first, project("b-2016", f"{other}项目", other)) == [True, True]


def test_project_is_known_by_its_organisation() -> None:
    row = Organisation("东北轻合金", ("东轻",), "230108", None, None, "high", "a page", "")
    index = OrganisationIndex([row])
    assert linked(
        project("a-2011", "东北轻合金有限责任公司板带材", "东北轻合金有限责任公司"),
        project("b-2016", "东轻扩建", None),
        organisations=index,
    ) == [True, True]


# --- what is not ---------------------------------------------------------------------------------


def test_feature_is_never_related_to_one_of_its_own_plan() -> None:
    assert linked(
        feature("layout", "a-2011", "哈大齐工业走廊"),
        feature("layout", "a-2011", "哈大齐工业走廊建设区"),
    ) == [False, False]


def test_park_that_bears_the_name_of_a_firm_is_linked_to_its_project() -> None:
    assert linked(
        project("a-2011", "大庆福瑞邦生物科技公司白蛋白", "大庆福瑞邦生物科技公司", "230600"),
        feature("parks", "b-2016", "大庆福瑞邦生物产业园", ("230600",)),
        feature("parks", "b-2016", "大庆生物产业园", ("230600",)),
    ) == [True, True, False]


def test_province_in_the_name_of_a_firm_says_nothing() -> None:
    firm = "黑龙江多宝山铜业股份有限公司"
    one = project("a-2011", f"{firm}扩建", firm)
    one = replace(one, places_as_written=("黑龙江多宝山",))
    assert linked(one, feature("parks", "b-2019", "黑龙江公路大桥桥头区", ("230300",))) == [
        False,
        False,
    ]


def test_firms_of_one_name_in_unlike_trades_are_two() -> None:
    one = replace(project("a-2011", "飞鹤甲", "飞鹤"), industries=("green-food",))
    two = replace(project("b-2016", "飞鹤乙", "飞鹤"), industries=("equipment",))
    assert linked(one, two) == [False, False]


def test_cluster_that_grew_is_linked_to_what_it_was() -> None:
    old = feature("clusters", "a-2016", "甲集群", ("230100", "230600"), ("biomedicine",))
    new = feature("clusters", "b-2019", "乙集群", ("230100", "230600", "230800"), ("biomedicine",))
    other = feature("clusters", "b-2019", "丙集群", ("230100", "230600", "230800"), ("equipment",))
    assert linked(old, new, other) == [True, True, False]


def test_layers_are_not_mixed_by_name() -> None:
    assert linked(
        feature("parks", "a-2011", "甲区", ("230100",)),
        feature("layout", "b-2016", "甲区", ("230100",)),
        feature("clusters", "b-2016", "甲区", ("230100",)),
        feature("projects", "b-2016", "甲区", ("230100",)),
        feature("focus", "b-2016", "甲区", ("230100",)),
    ) == [False, False, False, False, False]


def test_park_of_one_name_elsewhere_is_another() -> None:
    assert linked(
        feature("parks", "a-2011", "石墨产业园", ("230300",)),
        feature("parks", "b-2016", "石墨产业园", ("230600",)),
    ) == [False, False]


def test_cluster_without_a_place_is_not_linked() -> None:
    assert linked(
        feature("clusters", "a-2011", "甲集群", (), ("equipment",)),
        feature("clusters", "b-2016", "甲集群", (), ("equipment",)),
    ) == [False, False]


def test_project_without_a_firm_is_not_linked() -> None:
    assert linked(project("a-2011", "石墨深加工", None), project("b-2016", "石墨深加工", None)) == [
        False,
        False,
    ]


def test_organisation_that_a_project_only_mentions_is_not_its_owner() -> None:
    index = OrganisationIndex(
        [Organisation("哈工大", (), "230103", None, None, "high", "a page", "")]
    )
    assert linked(
        project("a-2011", "甲厂与哈工大合作的机器人", "甲厂"),
        project("b-2016", "哈工大激光通信", None),
        organisations=index,
    ) == [False, False]


@pytest.mark.parametrize(
    ("one", "place", "other", "elsewhere"),
    [
        ("哈尔滨电气公司", "230100", "佳木斯电气公司", "230800"),
        ("大庆石化公司", "230600", "哈尔滨石化公司", "230100"),
        ("哈尔滨制药有限公司", "230100", "大庆制药有限公司", "230600"),
        ("双城市乳品公司", "230113", "大庆市乳品公司", "230600"),
    ],
)
def test_firms_of_one_trade_in_two_cities_are_two(
    one: str, place: str, other: str, elsewhere: str
) -> None:
    """A trade is no name: 电气 is left of both once city and company words are gone."""
    assert linked(
        project("a-2011", f"{one}扩建", one, place),
        project("b-2016", f"{other}扩建", other, elsewhere),
    ) == [False, False]


# --- the plans of the library --------------------------------------------------------------------


@lru_cache(maxsize=1)
def library() -> dict[str, Feature]:
    tools = read_tools()
    found = [
        feature
        for document in read_library(SEEDS).documents
        for feature in extract_features(document, tools).features
    ]
    return {f.id: f for f in link(found, tools.organisations, SITES)}


def test_links_of_the_library_are_mutual_and_between_plans() -> None:
    features = library()
    pairs = [(f, features[other]) for f in features.values() for other in f.related]
    assert len(pairs) >= 40
    for one, other in pairs:
        assert one.plan != other.plan
        assert one.layer == other.layer or {one.layer, other.layer} == {"parks", "projects"}
        assert one.id in other.related


@pytest.mark.parametrize(
    ("plan", "name", "other_plan", "other_name"),
    [
        ("projects-2011", "贝特瑞", "emerging-2016", "贝特瑞"),
        ("projects-2011", "浩市", "emerging-2016", "浩市"),
        ("projects-2011", "龙油", "industry-2019", "龙油"),
        ("projects-2011", "沃尔沃", "industry-2019", "沃尔沃"),
        ("projects-2011", "西林钢铁", "industry-2019", "西林钢铁"),
        ("projects-2011", "恒丰纸业", "industry-2019", "恒丰纸业"),
        ("harbin-2006", "东北轻合金", "projects-2011", "东北轻合金"),
        ("emerging-2016", "鸡西-鹤岗石墨", "industry-2019", "鸡西-鹤岗石墨"),
        ("harbin-2006", "哈大齐工业走廊", "projects-2011", "哈大齐工业走廊"),
        ("emerging-2016", "大庆生物产业园", "projects-2011", "大庆生物产业园"),
    ],
)
def test_known_pairs_of_the_library(plan: str, name: str, other_plan: str, other_name: str) -> None:
    features = library()
    assert any(
        name in f.id and other_name in other and other.startswith(other_plan)
        for f in features.values()
        if f.plan == plan
        for other in f.related
    )


# --- properties ----------------------------------------------------------------------------------

FEATURES = st.lists(
    st.builds(
        feature,
        st.sampled_from(["layout", "parks", "clusters", "projects", "focus"]),
        st.sampled_from(["a-2011", "b-2016", "c-2019"]),
        st.sampled_from(["甲园", "甲产业园", "乙园区", "哈大齐", "东轻扩建"]),
        st.sampled_from([(), ("230300",), ("230300", "230600")]),
        st.sampled_from([(), ("equipment",)]),
        st.sampled_from([None, "东轻", "鸡西贝特瑞有限公司", "贝特瑞", "大庆集团公司"]),
    ),
    max_size=9,
    unique_by=lambda f: f.id,
)
INDEX = OrganisationIndex(read_organisations())


@settings(deadline=None)
@given(FEATURES)
def test_links_are_symmetric_and_between_plans(features: list[Feature]) -> None:
    found = {f.id: f for f in link(features, INDEX, SITES)}
    for f in found.values():
        assert len(set(f.related)) == len(f.related)
        for other in f.related:
            assert f.id in found[other].related
            assert found[other].plan != f.plan
            layers = {found[other].layer, f.layer}
            assert len(layers) == 1 or layers == {"parks", "projects"}


@settings(deadline=None)
@given(FEATURES, st.randoms())
def test_links_do_not_depend_on_the_order(features: list[Feature], random: Random) -> None:
    shuffled = list(features)
    random.shuffle(shuffled)
    once = {f.id: set(f.related) for f in link(features, INDEX, SITES)}
    again = {f.id: set(f.related) for f in link(shuffled, INDEX, SITES)}
    assert once == again


@settings(deadline=None)
@given(FEATURES)
def test_linking_again_changes_nothing(features: list[Feature]) -> None:
    once = link(features, INDEX, SITES)
    assert link(once, INDEX, SITES) == once


def test_sites_may_be_any_iterable() -> None:
    empty: tuple[Site, ...] = ()
    one = feature("parks", "a-2011", "甲园", ("230100",))
    two = feature("parks", "b-2016", "甲园区", ("230100",))
    assert link([one, two], INDEX, iter(empty))[0].related == (two.id,)
