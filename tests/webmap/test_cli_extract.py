"""`planmap extract`: a plan that is not in the library, as JSON lines or GeoJSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from layers.schema import FEATURE_LAYERS
from webmap.cli import cli

ROOT = Path(__file__).parents[2]
UNSEEN = ROOT / "tests" / "layers" / "unseen"
HUNAN = UNSEEN / "hunan-2008.txt"
GIVEN = ("--period", "2008-2012", "--region", "430000")
MAIN = "from webmap.cli import main; main()"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["extract", *map(str, arguments)])


def error_of(result: Result, code: int = 1) -> str:
    """Return the one line on stderr of a command that failed."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("planmap: error: ")
    assert "Traceback" not in result.output
    return line.removeprefix("planmap: error: ")


def lines_of(*arguments: str | Path) -> list[dict[str, Any]]:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines() if line]


@pytest.fixture(scope="module")
def hunan() -> list[dict[str, Any]]:
    """The features of the plan of Hunan, a JSON line each."""
    return lines_of(HUNAN, *GIVEN)


# -- JSON lines ---------------------------------------------------------------------------


def test_a_feature_a_line_with_the_properties_of_the_contract(hunan: list[dict[str, Any]]) -> None:
    assert len(hunan) > 45
    for feature in hunan:
        assert feature["type"] == "Feature"
        properties = feature["properties"]
        assert feature["id"] == properties["id"]
        assert feature["id"].startswith(f"hunan-2008:{properties['layer']}:")
        assert (properties["plan"], properties["period"]) == ("hunan-2008", "2008-2012")
        assert (properties["period_start"], properties["period_end"]) == (2008, 2012)
        assert properties["seed"] == "hunan-2008.txt"
        assert properties["review"] == "auto"
        assert len(properties["places"]) == len(properties["place_names"])
        assert all(code.startswith("43") for code in properties["places"])
    assert len({feature["id"] for feature in hunan}) == len(hunan)


def test_quotes_stand_where_the_features_say(hunan: list[dict[str, Any]]) -> None:
    text = HUNAN.read_bytes().decode()
    for feature in hunan:
        said = feature["properties"]
        assert text[said["start"] : said["end"]] == said["quote"]
        assert text.count("\n", 0, said["start"]) + 1 == said["line"]


def test_layers_come_in_their_order(hunan: list[dict[str, Any]]) -> None:
    order = [feature["properties"]["layer"] for feature in hunan]
    assert order == sorted(order, key=FEATURE_LAYERS.index)
    assert {"layout", "clusters", "parks", "projects", "focus", "indicators"} <= set(order)


def test_a_project_of_hunan(hunan: list[dict[str, Any]]) -> None:
    (found,) = [f for f in hunan if f["properties"]["name"] == "联诚集团机车钩缓和制动部件"]
    said = found["properties"]
    assert (said["layer"], said["enterprise"]) == ("projects", "联诚集团")
    assert said["places"] == []
    assert (said["basis"], said["precision"]) == ("unknown", "none")
    assert found["geometry"] is None


def test_an_old_name_leads_to_todays_place(hunan: list[dict[str, Any]]) -> None:
    (park,) = [f for f in hunan if f["properties"]["name"] == "望城经济开发区"]
    assert park["properties"]["places"] == ["430112"]
    assert park["properties"]["place_names"] == ["长沙市/望城区"]
    lon, lat = park["geometry"]["coordinates"]
    assert 112 < lon < 114
    assert 27 < lat < 29


def test_chinese_is_not_escaped() -> None:
    assert "长沙" in run(HUNAN, *GIVEN).stdout


# -- GeoJSON ------------------------------------------------------------------------------


def test_geojson_is_the_same_features_as_one_collection(hunan: list[dict[str, Any]]) -> None:
    result = run(HUNAN, *GIVEN, "-f", "geojson")
    assert result.exit_code == 0, result.output
    collection = json.loads(result.stdout)
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert collection["features"] == hunan
    west, south, east, north = collection["bbox"]
    assert 108 < west < east < 115
    assert 24 < south < north < 31


def test_the_real_command_writes_utf8_whatever_the_locale(hunan: list[dict[str, Any]]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MAIN, "extract", str(HUNAN), *GIVEN, "--format", "jsonl"],
        capture_output=True,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert [json.loads(line) for line in done.stdout.decode().splitlines() if line] == hunan


# -- period and region --------------------------------------------------------------------


def test_a_plan_that_says_its_period_and_region_needs_no_options() -> None:
    hefei = UNSEEN / "hefei-2011.txt"
    guessed = lines_of(hefei)
    assert guessed == lines_of(hefei, "--period", "2011-2015", "--region", "340100")
    assert {feature["properties"]["period"] for feature in guessed} == {"2011-2015"}
    places = {code for feature in guessed for code in feature["properties"]["places"]}
    assert places
    assert {code[:4] for code in places} == {"3401"}


def test_the_period_decides_which_names_hold(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("加快望城县陶瓷、宁乡县食品加工等重点项目建设。\n", encoding="utf-8")
    early = lines_of(file, "--period", "2008-2012", "--region", "430000")
    late = lines_of(file, "--period", "2021-2025", "--region", "430000")
    assert [f["properties"]["places"] for f in early] == [["430112"], ["430182"]]
    assert [f["properties"]["period"] for f in late] == ["2021-2025"] * len(late)


def test_the_region_decides_which_places_count(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("加快醴陵市陶瓷、浏阳市花炮等重点项目建设。\n", encoding="utf-8")
    province = lines_of(file, "--period", "2011-2015", "--region", "430000")
    city = lines_of(file, "--period", "2011-2015", "--region", "430200")
    assert [f["properties"]["places"] for f in province] == [["430281"], ["430181"]]
    assert city[0]["properties"]["places"] == ["430281"]
    assert not any("430181" in f["properties"]["places"] for f in city)


def test_a_text_without_features_gives_nothing(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    file.write_text("为做好工作，制定本规划。\n", encoding="utf-8")
    options = ("--period", "2011-2015", "--region", "430000")
    assert lines_of(file, *options) == []
    collection = json.loads(run(file, *options, "-f", "geojson").stdout)
    assert collection == {"type": "FeatureCollection", "features": []}


# -- errors -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ("--period", "2011", "--region", "430000"),
            "period: '2011' is not FIRST-LAST; write it as 2026-2030",
        ),
        (
            ("--period", "2015-2011", "--region", "430000"),
            "period: '2015-2011' is not FIRST-LAST; write it as 2026-2030",
        ),
        (
            ("--period", "2011-2015", "--region", "999999"),
            "region: no division has the code '999999'; give today's six-digit code",
        ),
        (
            ("-f", "shapefile"),
            "format: there is no 'shapefile'; there are jsonl, geojson",
        ),
    ],
)
def test_options_that_are_wrong(options: tuple[str, ...], message: str) -> None:
    assert error_of(run(HUNAN, *options)) == message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "{file}: not found; put the plan's text there or correct plans.toml"),
        (b"", "{file}: is empty; put the plan's text there"),
        (b" \n\t\n", "{file}: is empty; put the plan's text there"),
        (
            "规划\n湖南".encode("gb18030"),
            "{file}, line 1: not UTF-8; convert it, for example with iconv",
        ),
        (
            "工业规划2011-2015年".encode(),
            "{file}: does not say its region; give it with --region ADCODE",
        ),
        (
            "湖南省工业规划".encode(),
            "{file}: does not say its period; give it with --period FIRST-LAST",
        ),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    file = tmp_path / "plan.txt"
    if content is not None:
        file.write_bytes(content)
    assert error_of(run(file)) == message.format(file=file)


def test_a_folder_is_no_plan(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "is a directory" in result.stderr


def test_a_file_must_be_named() -> None:
    result = run()
    assert result.exit_code == 2
    assert "Missing argument 'FILE'" in result.stderr


def test_help_says_what_is_guessed() -> None:
    words = " ".join(run("--help").stdout.split())
    assert "one plan FILE that is not in the library" in words
    assert words.count("[default: as the text says]") == 2
