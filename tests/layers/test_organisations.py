"""The table of organisations, row by row, and the search for their names."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import load_gazetteer
from geo.sites import read_sites
from layers.errors import TableError
from layers.organisations import (
    COLUMNS,
    Organisation,
    OrganisationIndex,
    read_organisations,
)

SEEDS = Path(__file__).parents[2] / "seeds"
ORGANISATIONS = read_organisations()
INDEX = OrganisationIndex(ORGANISATIONS)
NAMES = {name: row for row in ORGANISATIONS for name in row.names}

ROW = {
    "organisation": "甲公司",
    "aliases": "甲厂;甲集团",
    "adcode": "230108",
    "valid_from": "2001",
    "valid_to": "",
    "confidence": "high",
    "source": "a page",
    "note": "",
}


def row_id(row: Organisation) -> str:
    return row.organisation


def write(path: Path, *rows: dict[str, str]) -> Path:
    lines = [",".join(COLUMNS), *(",".join(row[column] for column in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def organisation(name: str, *aliases: str) -> Organisation:
    return Organisation(name, aliases, "230100", None, None, "high", "a page", "")


# --- the rows of the package ---------------------------------------------------------------------


@pytest.mark.parametrize("row", ORGANISATIONS, ids=row_id)
def test_seat_is_a_division_of_today_in_the_province(row: Organisation) -> None:
    assert load_gazetteer().division(row.adcode).level in ("prefecture", "county")
    assert load_gazetteer().within(row.adcode, "230000")


@pytest.mark.parametrize("row", ORGANISATIONS, ids=row_id)
def test_row_has_a_source_and_names_that_are_no_plain_words(row: Organisation) -> None:
    assert len(row.source) > len("a page")
    divisions = {division.name for division in load_gazetteer().divisions_ever()}
    short = {name[:-1] for name in divisions if len(name) > 2}
    assert (divisions | short).isdisjoint(row.names)
    assert (row.valid_from or 1949) <= (row.valid_to or 2026) <= 2026


def test_no_organisation_bears_the_name_of_a_site() -> None:
    assert NAMES.keys().isdisjoint(name for site in read_sites() for name in site.names)


@pytest.mark.parametrize(
    ("text", "adcode"),
    [
        ("东北轻合金有限责任公司超大规格铝合金板带材", "230108"),
        ("贝特瑞石墨深加工", "230307"),
        ("普莱德锂离子电池负极材料及石墨深加工", "230303"),
        ("浩市金刚石项目", "230303"),
        ("唯大新材料（鸡西）石墨烯产业园项目", "230302"),
        ("龙油重油催化热裂解及聚烯烃项目", "230606"),
        ("东北特钢集团北满特殊钢有限责任公司锻造产品优化升级改造", "230206"),
        ("紫金铜业铜冶炼项目", "230206"),
        ("伊春鹿鸣矿业有限公司", "230781"),
        ("上海电气风电设备黑龙江公司风电设备制造", "231181"),
        ("三联药业创业型新药开发平台", "230111"),
        ("天有为电子汽车仪表智能显示终端", "231202"),
    ],
)
def test_project_of_a_plan_leads_to_the_seat_of_its_owner(text: str, adcode: str) -> None:
    match = INDEX.find(text)[0]
    assert match.start == 0
    assert match.organisation.adcode == adcode


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name[:3])
def test_matches_in_a_plan_are_names_in_order_without_overlap(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    matches = INDEX.find(text)
    assert matches
    assert all(NAMES[text[m.start : m.end]] is m.organisation for m in matches)
    assert all(first.end <= second.start for first, second in pairwise(matches))


# --- finding -------------------------------------------------------------------------------------


def test_the_longest_name_wins_and_its_parts_are_not_found_again() -> None:
    maker, cars = organisation("哈飞"), organisation("哈飞汽车集团", "哈飞汽车")
    matches = OrganisationIndex([maker, cars]).find("哈飞汽车、哈飞与哈飞汽车集团")
    assert [(m.start, m.end, m.organisation) for m in matches] == [
        (0, 4, cars),
        (5, 7, maker),
        (8, 14, cars),
    ]


def test_a_name_inside_the_beginning_of_a_longer_one_is_found_where_the_text_breaks_off() -> None:
    index = OrganisationIndex([organisation("北满"), organisation("建龙北满特钢")])
    assert [(m.start, m.end) for m in index.find("建龙北满")] == [(2, 4)]
    assert [(m.start, m.end) for m in index.find("建龙北满特区")] == [(2, 4)]


def test_offsets_count_code_points() -> None:
    (match,) = OrganisationIndex([organisation("甲厂")]).find("𠮷𠮷甲厂")
    assert (match.start, match.end) == (2, 4)


def test_empty_index_and_empty_text_find_nothing() -> None:
    assert OrganisationIndex([]).find("哈飞") == []
    assert INDEX.find("") == []


@given(
    names=st.lists(st.text("甲乙", min_size=2, max_size=4), min_size=1, max_size=6, unique=True),
    text=st.text("甲乙丙", max_size=30),
)
def test_find_is_leftmost_longest(names: list[str], text: str) -> None:
    expected: list[tuple[int, int]] = []
    position = 0
    while position < len(text):
        fits = [len(name) for name in names if text.startswith(name, position)]
        if fits:
            expected.append((position, position + max(fits)))
            position += max(fits)
        else:
            position += 1
    matches = OrganisationIndex(map(organisation, names)).find(text)
    assert [(m.start, m.end) for m in matches] == expected


# --- reading -------------------------------------------------------------------------------------


def test_row_becomes_an_organisation(tmp_path: Path) -> None:
    assert read_organisations(write(tmp_path / "o.csv", ROW)) == (
        Organisation("甲公司", ("甲厂", "甲集团"), "230108", 2001, None, "high", "a page", ""),
    )


def test_years_are_inclusive(tmp_path: Path) -> None:
    (row,) = read_organisations(write(tmp_path / "o.csv", ROW | {"valid_to": "2003"}))
    assert [row.valid_in(year) for year in (2000, 2001, 2003, 2004)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"organisation": ""}, "organisation is empty"),
        ({"source": ""}, "source is empty: fill it in, or remove the row"),
        ({"aliases": "甲"}, "too short"),
        ({"aliases": "甲厂; 甲集团"}, "too short or has blanks"),
        ({"aliases": "甲公司"}, "'甲公司' stands in line 2 already"),
        ({"adcode": "平房区"}, "no division code"),
        ({"confidence": "low"}, "use one of high, medium, or leave the row out"),
        ({"valid_from": "01"}, "no year"),
        ({"valid_to": "2000"}, "valid_to lies before valid_from"),
        ({"note": "a,b"}, "9 fields instead of 8"),
        ({"note": '"a'}, "mend the quotes"),
    ],
)
def test_wrong_row_is_refused_with_file_line_and_remedy(
    tmp_path: Path, change: dict[str, str], words: str
) -> None:
    path = write(tmp_path / "o.csv", ROW | change)
    with pytest.raises(TableError) as caught:
        read_organisations(path)
    assert words in str(caught.value)
    assert f"{path}, line " in str(caught.value)


def test_name_of_two_organisations_is_refused(tmp_path: Path) -> None:
    other = ROW | {"organisation": "乙公司", "aliases": "甲厂"}
    with pytest.raises(TableError, match="line 3: name or alias '甲厂' stands in line 2"):
        read_organisations(write(tmp_path / "o.csv", ROW, other))


def test_wrong_columns_missing_file_and_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    with pytest.raises(TableError, match=r"o\.csv is not there: restore it"):
        read_organisations(path)
    path.write_text("name,adcode\n", encoding="utf-8")
    with pytest.raises(TableError, match="line 1: the columns are name,adcode"):
        read_organisations(path)
    path.write_bytes("甲公司".encode("gb18030"))
    with pytest.raises(TableError, match="save the table as UTF-8"):
        read_organisations(path)
