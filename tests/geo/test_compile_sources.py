"""The tables behind the compile step, row by row, and what it says when a source is not there."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from geo.compile.divisions import KINDS, read_changes, read_extra
from geo.compile.sources import locate_source, read_sources
from geo.errors import DataMissingError, TableError
from geo.gazetteer import Gazetteer, load_gazetteer

DATA = Path(__file__).resolve().parents[2] / "geo" / "data"


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    "row", rows_of("division_changes.csv"), ids=lambda row: f"{row['year']}-{row['from_name']}"
)
def test_each_change_agrees_with_the_tables(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    year = int(row["year"])
    assert row["kind"] in KINDS
    before = {d.adcode: d.name for d in gazetteer.divisions(year - 1)}
    after = {d.adcode: d.name for d in gazetteer.divisions(year)}
    assert after[row["to_adcode"]] == row["to_name"]
    if row["kind"] == "create":
        assert row["to_adcode"] not in before
        assert row["from_adcode"] == ""
    else:
        assert before[row["from_adcode"]] == row["from_name"]
        # A code may be given again, to another name or after a change of what it holds.
        assert after.get(row["from_adcode"]) != row["from_name"]


def test_every_change_since_2004_in_heilongjiang_is_listed(gazetteer: Gazetteer) -> None:
    listed = {(c.year, c.from_adcode) for c in read_changes() if c.from_adcode[:2] == "23"}
    for year in range(2004, 2025):
        before = {d.adcode for d in gazetteer.divisions(year - 1) if d.adcode[:2] == "23"}
        after = {d.adcode for d in gazetteer.divisions(year) if d.adcode[:2] == "23"}
        assert {(year, code) for code in before - after} == {c for c in listed if c[0] == year}


def test_extra_divisions_have_a_parent_and_stand_today(gazetteer: Gazetteer) -> None:
    extra = read_extra()
    assert len(extra) == 39
    for run in extra:
        assert gazetteer.division(run.adcode).name == run.name
        assert gazetteer.parent(run.adcode) == run.parent


@pytest.mark.parametrize("row", rows_of("seat_choices.csv"), ids=lambda row: row["name"])
def test_each_chosen_seat_is_taken(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    assert gazetteer.division(row["adcode"]).name == row["name"]
    seat = gazetteer.seat(row["adcode"])
    assert seat.source == row["source"]
    if row["source"] == "cpca":
        assert row["adcode"] in gazetteer.today(row["key"], 2018)
        assert seat == gazetteer.seat(row["key"])


@pytest.mark.parametrize("row", rows_of("boundary_codes.csv"), ids=lambda row: row["adcode"])
def test_each_boundary_code_is_not_one_of_today(gazetteer: Gazetteer, row: dict[str, str]) -> None:
    codes = {d.adcode for d in gazetteer.divisions()}
    assert row["adcode"] not in codes
    assert row["today_adcode"] == "" or row["today_adcode"] in codes


def test_sources_state_a_licence_a_datum_and_a_date() -> None:
    sources = read_sources()
    assert set(sources) == {
        "divisions",
        "seats",
        "populated_places",
        "words",
        "province",
        "prefecture",
        "county",
    }
    for source in sources.values():
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256)
        assert source.licence
        assert source.datum
        assert source.date


def test_sources_are_described_in_words() -> None:
    text = (DATA / "SOURCES.md").read_text(encoding="utf-8")
    for source in read_sources().values():
        assert source.package in text
        assert source.version in text
        assert source.sha256 in text
    assert "天地图" in text


def test_an_unknown_key_in_the_table_of_sources_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "sources.toml"
    path.write_text('[seats]\nkind = "python"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(TableError, match="unknown one"):
        read_sources(path)


def test_a_file_that_differs_is_refused(tmp_path: Path) -> None:
    source = read_sources()["county"]
    path = tmp_path / source.package / source.file
    path.parent.mkdir(parents=True)
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(TableError, match="SHA-256"):
        locate_source(source, tmp_path)


def test_a_package_that_is_not_there_names_the_remedy(tmp_path: Path) -> None:
    source = read_sources()["seats"]
    with pytest.raises(DataMissingError, match="npm ci"):
        locate_source(read_sources()["county"], tmp_path)
    with pytest.raises(DataMissingError, match=re.escape("pip install no-such-package==1")):
        locate_source(replace(source, package="no-such-package", version="1"), tmp_path)
    with pytest.raises(DataMissingError, match=re.escape("pip install cpca==0.0.1")):
        locate_source(replace(source, version="0.0.1"), tmp_path)
