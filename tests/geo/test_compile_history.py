"""How yearly tables become runs with successors: small countries made up for the purpose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from geo.compile.history import LAST_YEAR, Change, Entry, Run, build_runs, stem

PROVINCE = Entry("900000", "甲省", "province", "")
CITY = Entry("900100", "乙市", "prefecture", "900000")


def county(adcode: str, name: str, parent: str = "900100", hint: str = "") -> Entry:
    return Entry(adcode, name, "county", parent, hint)


def runs_of(
    before: list[Entry],
    after: list[Entry],
    changes: tuple[Change, ...] = (),
    complete: Mapping[str, int] = MappingProxyType({}),
) -> dict[tuple[str, str], Run]:
    """The runs of a country that changed once, at the end of 2000."""
    years = {year: before if year < 2000 else after for year in range(1980, LAST_YEAR + 1)}
    return {(run.adcode, run.name): run for run in build_runs(years, changes, complete)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("杜尔伯特蒙古族自治县", "杜尔伯特"),
        ("梅里斯达斡尔族区", "梅里斯"),
        ("宾县", "宾县"),
        ("双城市", "双城"),
        ("大兴安岭地区", "大兴安岭"),
        ("黑龙江省", "黑龙江"),
        ("郊区", "郊区"),
        ("神农架林区", "神农架"),
        ("延边朝鲜族自治州", "延边"),
        ("鄂伦春自治旗", "鄂伦春"),
        ("香港特别行政区", "香港"),
    ],
)
def test_stem(name: str, expected: str) -> None:
    assert stem(name) == expected


def test_a_division_that_stays_is_one_open_run() -> None:
    found = runs_of(
        [PROVINCE, CITY, county("900101", "丙区")], [PROVINCE, CITY, county("900101", "丙区")]
    )
    assert found["900101", "丙区"] == Run(
        "900101", "丙区", "county", "900100", 1980, None, ("900101",)
    )


def test_a_new_code_with_the_same_stem_is_the_successor() -> None:
    found = runs_of(
        [PROVINCE, CITY, county("900121", "子丑县")], [PROVINCE, CITY, county("900181", "子丑市")]
    )
    assert found["900121", "子丑县"].today == ("900181",)
    assert found["900121", "子丑县"].valid_to == 1999
    assert found["900181", "子丑市"].valid_from == 2000


def test_codes_that_change_places_are_followed_by_name() -> None:
    before = [PROVINCE, CITY, county("900102", "寅区"), county("900103", "卯区")]
    after = [PROVINCE, CITY, county("900103", "寅区"), county("900102", "卯区")]
    found = runs_of(before, after)
    assert found["900102", "寅区"].today == ("900103",)
    assert found["900103", "卯区"].today == ("900102",)


def test_a_kept_code_with_another_name_is_the_successor() -> None:
    found = runs_of(
        [PROVINCE, CITY, county("900102", "红旗区")], [PROVINCE, CITY, county("900102", "龙湖区")]
    )
    assert found["900102", "红旗区"].today == ("900102",)


def test_a_hint_counts_only_where_the_names_share_a_character() -> None:
    before = [
        PROVINCE,
        CITY,
        county("900121", "盖县", hint="x"),
        county("900122", "辰县", hint="y"),
    ]
    after = [
        PROVINCE,
        CITY,
        county("900181", "盖州市", hint="x"),
        county("900182", "巳午市", hint="y"),
    ]
    found = runs_of(before, after)
    assert found["900121", "盖县"].today == ("900181",)


def test_a_district_that_vanished_without_trace_stays_unknown() -> None:
    before = [PROVINCE, CITY, county("900102", "寅区"), county("900103", "卯区")]
    found = runs_of(before, [PROVINCE, CITY, county("900103", "卯区"), county("900104", "辰区")])
    assert found["900102", "寅区"].today == ()


def test_a_county_city_that_became_a_prefecture_is_its_new_district() -> None:
    region = Entry("902300", "绥绥地区", "prefecture", "900000")
    city = Entry("901200", "绥绥市", "prefecture", "900000")
    before = [
        PROVINCE,
        region,
        county("902301", "绥绥市", "902300"),
        county("902322", "兰兰县", "902300"),
    ]
    after = [
        PROVINCE,
        city,
        county("901202", "北林区", "901200"),
        county("901222", "兰兰县", "901200"),
    ]
    found = runs_of(before, after)
    assert found["902301", "绥绥市"].today == ("901202",)
    assert found["902322", "兰兰县"].today == ("901222",)
    assert found["902300", "绥绥地区"].today == ("901200",)


def test_a_dissolved_prefecture_is_where_its_counties_went() -> None:
    region = Entry("902200", "嫩嫩地区", "prefecture", "900000")
    other = Entry("900200", "齐齐市", "prefecture", "900000")
    before = [
        PROVINCE,
        CITY,
        other,
        region,
        county("902221", "甘南县", "902200"),
        county("902222", "泰来县", "902200"),
    ]
    after = [
        PROVINCE,
        CITY,
        other,
        county("900225", "甘南县", "900200"),
        county("900124", "泰来县", "900100"),
    ]
    assert set(runs_of(before, after)["902200", "嫩嫩地区"].today) == {"900225", "900124"}


def test_a_county_around_a_city_of_its_name_is_never_the_whole_city() -> None:
    before = [PROVINCE, CITY, county("900102", "寅区"), county("900121", "乙县")]
    after = [PROVINCE, CITY, county("900102", "寅区"), county("900103", "卯区")]
    assert runs_of(before, after)["900121", "乙县"].today == ("900103",)
    after = [*after, county("900104", "辰区")]
    assert runs_of(before, after)["900121", "乙县"].today == ()
    changes = (Change(2000, "900121", "900104"),)
    assert runs_of(before, after, changes)["900121", "乙县"].today == ("900104",)


def test_a_listed_change_leaves_the_rest_to_the_rules() -> None:
    before = [PROVINCE, CITY, county("900111", "丑寅区"), county("900112", "卯辰区")]
    after = [PROVINCE, CITY, county("900113", "丑寅区")]
    found = runs_of(before, after, (Change(2000, "900112", "900113"),))
    assert found["900111", "丑寅区"].today == ("900113",)
    assert found["900112", "卯辰区"].today == ("900113",)


def test_where_the_table_of_changes_is_complete_it_alone_decides() -> None:
    before = [
        PROVINCE,
        CITY,
        county("900111", "乌马河区"),
        county("900112", "友好区"),
        county("900113", "新青区"),
    ]
    after = [
        PROVINCE,
        CITY,
        county("900117", "伊美区"),
        county("900118", "乌翠区"),
        county("900119", "友好区"),
    ]
    changes = (
        Change(2000, "900111", "900117"),
        Change(2000, "900111", "900118"),
    )
    found = runs_of(before, after, changes, {"90": 2000})
    assert found["900111", "乌马河区"].today == ("900117", "900118")
    assert found["900112", "友好区"].today == ()  # same stem, but the table does not say so
    assert found["900113", "新青区"].today == ()
