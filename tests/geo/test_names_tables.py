"""The tables of names, row by row: short forms, joint forms, and names that are also words."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from geo import recognition
from geo.errors import TableError
from geo.gazetteer import FIRST_YEAR, load_gazetteer
from geo.recognition import DATA_DIR, NameIndex, Strength, read_forms, read_guards
from geo.sites import read_sites, read_towns

GAZETTEER = load_gazetteer()
TODAY = {division.adcode for division in GAZETTEER.divisions()}
SHORT_FORMS = read_forms("short_forms.csv")
JOINT_FORMS = read_forms("joint_forms.csv")
GUARDS = read_guards()
YEARS = (FIRST_YEAR, 2003, 2006, 2011, 2016, 2019, None)

COLUMNS = {
    "short_forms.csv": ["form", "adcodes", "kind", "note"],
    "joint_forms.csv": ["form", "adcodes", "note"],
    "ambiguous_names.csv": ["name", "not_before", "not_after", "needs_support", "note"],
}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


AMBIGUOUS = rows("ambiguous_names.csv")


def row_name(row: dict[str, str]) -> str:
    return row["name"]


# --- all three -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COLUMNS)
def test_table_has_its_columns_and_no_broken_row(name: str) -> None:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as stream:
        header, *lines = list(csv.reader(stream))
    assert header == COLUMNS[name]
    assert {len(line) for line in lines} == {len(header)}
    assert all(cell == cell.strip() for line in lines for cell in line)


@pytest.mark.parametrize("name", COLUMNS)
def test_no_name_stands_twice(name: str) -> None:
    counted = Counter(next(iter(row.values())) for row in rows(name))
    assert [form for form, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", COLUMNS)
def test_every_row_says_why_it_is_there(name: str) -> None:
    # A bare name can be its own explanation in no table.
    assert [row for row in rows(name) if not row["note"]] == []


def test_no_form_is_both_short_and_joint() -> None:
    assert {form for form, _ in SHORT_FORMS} & {form for form, _ in JOINT_FORMS} == set()


# --- short forms ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "adcodes"), SHORT_FORMS, ids=[form for form, _ in SHORT_FORMS])
def test_short_form_stands_for_one_division_of_today(form: str, adcodes: tuple[str, ...]) -> None:
    assert len(adcodes) == 1
    assert adcodes[0] in TODAY
    assert len(form) >= 2


@pytest.mark.parametrize("row", rows("short_forms.csv"), ids=lambda row: row["form"])
def test_short_form_has_a_known_kind(row: dict[str, str]) -> None:
    assert row["kind"] in {"short", "nickname"}


@pytest.mark.parametrize(("form", "adcodes"), SHORT_FORMS, ids=[form for form, _ in SHORT_FORMS])
def test_short_form_is_read_as_its_division(form: str, adcodes: tuple[str, ...]) -> None:
    readings = [
        c for m in NameIndex(GAZETTEER).matches(form) if m.surface == form for c in m.candidates
    ]
    assert adcodes in [reading.adcodes for reading in readings]


# --- joint forms ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "adcodes"), JOINT_FORMS, ids=[form for form, _ in JOINT_FORMS])
def test_joint_form_stands_for_several_divisions_of_today(
    form: str, adcodes: tuple[str, ...]
) -> None:
    assert len(adcodes) == len(set(adcodes)) >= 2
    assert set(adcodes) <= TODAY
    assert len(form) >= 2


# Initials are taken from these names; a joint form without one of them is a name of its own.
OWN_NAMES = {"四煤城", "四大煤城", "长三角", "东部煤电化基地"}


@pytest.mark.parametrize(
    ("form", "adcodes"),
    [row for row in JOINT_FORMS if row[0] not in OWN_NAMES],
    ids=[form for form, _ in JOINT_FORMS if form not in OWN_NAMES],
)
def test_joint_form_is_made_of_characters_of_its_members(
    form: str, adcodes: tuple[str, ...]
) -> None:
    # Bynames that no official name holds; 图们 stands for 延边.
    bynames = {
        "222400": "图",
        "410200": "汴",
        "500000": "渝",
        "510000": "川",
        "340000": "皖",
        "440000": "粤",
        "110000": "京",
        "120000": "津",
        "130000": "冀",
        "230700": "小兴安岭",
        "231100": "小兴安岭",
        "320100": "宁",
        "330200": "甬",
    }
    for code in adcodes:
        name = GAZETTEER.division(code).name + bynames.get(code, "")
        assert set(name) & set(form), (form, name)


def test_joint_forms_of_the_plans_name_the_cities_they_stand_for() -> None:
    members = {form: [GAZETTEER.path(code) for code in codes] for form, codes in JOINT_FORMS}
    assert members["哈大齐"] == ["哈尔滨市", "大庆市", "齐齐哈尔市"]
    assert members["四煤城"] == ["鸡西市", "鹤岗市", "双鸭山市", "七台河市"]
    assert members["哈牡"] == ["哈尔滨市", "牡丹江市"]
    assert members["绥穆"] == ["牡丹江市/绥芬河市", "牡丹江市/穆棱市"]
    assert members["大小兴安岭"] == ["大兴安岭地区", "伊春市", "黑河市"]
    assert members["京津冀"] == ["北京市", "天津市", "河北省"]


# --- names that are also words -------------------------------------------------------------------


@pytest.mark.parametrize("row", AMBIGUOUS, ids=row_name)
def test_patterns_compile_and_match_something(row: dict[str, str]) -> None:
    for column in ("not_before", "not_after"):
        if row[column]:
            pattern = re.compile(row[column])
            assert pattern.match("") is None, f"{column} matches everywhere"


@pytest.mark.parametrize("row", AMBIGUOUS, ids=row_name)
def test_alternatives_of_a_pattern_are_all_needed(row: dict[str, str]) -> None:
    for column in ("not_before", "not_after"):
        alternatives = [part for part in row[column].split("|") if part]
        assert len(alternatives) == len(set(alternatives))
        assert row[column].count("|") == max(0, len(alternatives) - 1), "an empty alternative"


@pytest.mark.parametrize("row", AMBIGUOUS, ids=row_name)
def test_patterns_do_not_look_further_back_than_the_reader(row: dict[str, str]) -> None:
    assert all(len(part) <= 12 for part in row["not_after"].split("|"))


@pytest.mark.parametrize("row", AMBIGUOUS, ids=row_name)
def test_readings_that_need_support_are_codes_of_today(row: dict[str, str]) -> None:
    needed = [code for code in row["needs_support"].split(";") if code]
    assert needed in (["*"], ["**"], ["***"]) or set(needed) <= TODAY


@pytest.fixture(scope="module")
def plain_indexes() -> list[NameIndex]:
    """Indexes of every year that matters, built without any guard."""
    tables = (read_sites(), read_towns())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognition, "read_guards", dict)
        return [NameIndex(GAZETTEER, year, *tables) for year in YEARS]


def readings_of(name: str, indexes: list[NameIndex]) -> list[tuple[str, Strength]]:
    return [
        (candidate.key, candidate.strength)
        for index in indexes
        for mention in index.matches(name)
        if mention.surface == name
        for candidate in mention.candidates
    ]


@pytest.mark.parametrize("row", AMBIGUOUS, ids=row_name)
def test_guard_changes_something(row: dict[str, str], plain_indexes: list[NameIndex]) -> None:
    """A row for a name that no index holds, or that weakens what is weak already, is dead."""
    readings = readings_of(row["name"], plain_indexes)
    guard = GUARDS[row["name"]]
    weakest = Strength.PART if guard.before_nouns else Strength.WORD
    weakened = [code for code, strength in readings if strength > weakest and guard.weakens(code)]
    assert readings, "no division, site or town bears this name in any year"
    assert weakened or row["not_before"] or row["not_after"], "it has no effect on any reading"


def test_guards_are_those_of_the_table() -> None:
    assert list(GUARDS) == [row["name"] for row in AMBIGUOUS]
    guard = GUARDS["新兴"]
    assert guard.weakens("230902")
    assert guard.weakens("445321")
    assert guard.excludes("新兴产业", 0, 2)
    assert guard.excludes("战略性新兴", 3, 5)
    assert not guard.excludes("新兴区", 0, 2)
    assert GUARDS["龙江"].weakens("230221")
    assert not GUARDS["龙江"].weakens("230000")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("甲,(,,,note", "line 2"),
        ("甲,,(,,note", "line 2"),
    ],
)
def test_broken_pattern_names_file_and_line(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "DATA_DIR", tmp_path)
    header = ",".join(COLUMNS["ambiguous_names.csv"])
    (tmp_path / "names.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=message) as caught:
        read_guards("names.csv")
    assert "names.csv" in str(caught.value)
    assert "correct the pattern" in str(caught.value)


def test_missing_column_names_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "DATA_DIR", tmp_path)
    (tmp_path / "names.csv").write_text("name,not_before\n甲,乙\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"names\.csv, line 2: 'not_after'"):
        read_guards("names.csv")
