"""The command line: what each command prints, and one clear line for whatever is wrong."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from layers.atlas import Atlas, is_stale
from layers.errors import SchemaError
from layers.pipeline import SummaryRow, input_hashes
from layers.schema import LAYERS
from webmap.cli import align, cli, default_plans, display_width, summary_lines

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
MAIN = "from webmap.cli import main; main()"


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


def error_of(result: Result, code: int = 1) -> str:
    """Return the one line on stderr of a command that failed."""
    assert result.exit_code == code, result.output
    line = result.stderr.splitlines()[-1]
    assert line.startswith("planmap: error: ")
    assert "Traceback" not in result.output
    return line.removeprefix("planmap: error: ")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with one of the plans, to be spoilt."""
    folder = tmp_path / "plans"
    folder.mkdir()
    shutil.copy(SEEDS / "001_673f5facfc9806a9.txt", folder / "plan.txt")
    (folder / "plans.toml").write_text(
        '[[plan]]\nid = "emerging-2016"\nfile = "plan.txt"\ntitle = "三年实施方案"\n'
        'period_start = 2016\nperiod_end = 2018\nregion = "230000"\n',
        encoding="utf-8",
    )
    return folder


# -- the group ----------------------------------------------------------------------------


def test_help_needs_no_atlas_and_lists_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webmap.cli.DEFAULT_ATLAS", Path("nowhere.gpkg"))
    result = run("--help")
    assert result.exit_code == 0
    commands = result.output.partition("Commands:")[2].split("\n")
    assert [line.split()[0] for line in commands if line.strip()] == [
        "build",
        "check",
        "export",
        "extract",
        "links",
        "locate",
        "routes",
        "run",
        "serve",
        "shell",
    ]


def test_help_is_quick() -> None:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-c", MAIN, "--help"],
            check=True,
            capture_output=True,
            cwd=ROOT,
        )
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


def test_importing_the_command_line_imports_nothing_heavy() -> None:
    code = (
        "import sys, webmap.cli;"
        "print([m for m in ('pandas', 'geopandas', 'shapely', 'folium') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"


def test_an_unknown_command_is_a_usage_error() -> None:
    result = run("bild")
    assert result.exit_code == 2
    assert "No such command 'bild'" in result.stderr


def test_flasks_own_commands_work(atlas_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webmap.cli.DEFAULT_ATLAS", atlas_path)
    result = run("routes")
    assert result.exit_code == 0
    assert "/healthz" in result.output


def test_flasks_own_commands_without_an_atlas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webmap.cli.DEFAULT_ATLAS", tmp_path / "none.gpkg")
    assert error_of(run("routes")).endswith("there is no atlas; run `planmap build`")


# -- build --------------------------------------------------------------------------------


def test_build_writes_an_atlas_and_prints_a_table(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "build" / "atlas.gpkg"
    result = run("build", "--plans", small, "--out", out)
    assert result.exit_code == 0, result.output
    atlas = Atlas.open(out)
    counted = {name: len(atlas.layer(name)) for name in LAYERS}
    table = [line.split() for line in result.stdout.splitlines()]
    assert table[0] == ["plan", "layer", "features", "located", "not", "located", "issues"]
    by_layer = {row[1]: [int(cell) for cell in row[2:]] for row in table[1:-3]}
    for layer, (features, located, not_located, _) in by_layer.items():
        if layer not in ("total", "-"):
            assert features == counted[layer]
            assert located + not_located == features
    assert table[-3][0] == "total"
    assert int(table[-3][1]) == sum(counted.values()) - counted["places"]
    assert int(table[-3][4]) == len(atlas.issues())
    assert table[-2][0] == "curation:"
    assert table[-1][:2] == ["134", "places,"]
    assert "planmap build" in result.stderr
    assert not is_stale(out, input_hashes(small))


def test_the_table_of_a_build() -> None:
    rows = (
        SummaryRow("harbin-2006", "parks", 12, 10, 2),
        SummaryRow("harbin-2006", "projects", 3, 0, 3),
        SummaryRow("哈尔滨", "parks", 100, 100, 0),
    )
    assert summary_lines(rows) == [
        "plan         layer     features  located  not located  issues",
        "harbin-2006  parks           12       10            2       2",
        "harbin-2006  projects         3        0            3       3",
        "harbin-2006  total           15       10            5       5",
        "哈尔滨       parks          100      100            0       0",
        "哈尔滨       total          100      100            0       0",
        "total                       115      110            5       5",
    ]


def test_wide_characters_take_two_cells() -> None:
    assert display_width("a规划（x）") == 10
    assert display_width("e\u0301") == 1
    assert align([["规划", "1"], ["abcde", "22"]], right_from=1) == ["规划    1", "abcde  22"]


def test_the_plans_are_those_here_or_those_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_plans().parts[-3:] == ("layers", "data", "seeds")
    (tmp_path / "seeds").mkdir()
    assert default_plans() == Path("seeds")


Spoil = Callable[[Path], None]


def no_text(folder: Path) -> None:
    (folder / "plan.txt").unlink()


def not_utf8(folder: Path) -> None:
    text = (folder / "plan.txt").read_text(encoding="utf-8")
    (folder / "plan.txt").write_bytes("第一行\n".encode() + text.encode("gb18030"))


def no_table(folder: Path) -> None:
    (folder / "plans.toml").unlink()


def edit(old: str, new: str) -> Spoil:
    def change(folder: Path) -> None:
        table = folder / "plans.toml"
        text = table.read_text(encoding="utf-8")
        assert old in text
        table.write_text(text.replace(old, new), encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("spoil", "file", "problem"),
    [
        (no_text, "plan.txt", "not found"),
        (not_utf8, "plan.txt, line 2", "not UTF-8"),
        (no_table, "plans.toml", "not found"),
        (edit("period_start = 2016\n", ""), "plans.toml", "'emerging-2016' has no period_start"),
        (edit("period_end = 2018", "period_end = 2015"), "plans.toml", "the period 2016-2015"),
        (edit("[[plan]]", "[[plan"), "plans.toml", "line 1"),
        (edit('region = "230000"', 'region = "23"'), "plans.toml", "write six digits"),
        (edit("title =", "titel ="), "plans.toml", "title"),
    ],
)
def test_a_bad_plan_is_one_line_and_leaves_the_old_atlas(
    small: Path, atlas_path: Path, spoil: Spoil, file: str, problem: str
) -> None:
    before = atlas_path.read_bytes()
    spoil(small)
    message = error_of(run("build", "--plans", small, "--out", atlas_path))
    assert f"{small / file.partition(',')[0]}" in message
    assert file in message
    assert problem in message
    assert atlas_path.read_bytes() == before
    assert [p.name for p in atlas_path.parent.glob("*.gpkg")] == ["atlas.gpkg"]


def test_a_build_that_fails_late_leaves_the_old_atlas(
    small: Path, atlas_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SchemaError("layer parks, x, column y: is wrong")

    before = atlas_path.read_bytes()
    monkeypatch.setattr("layers.pipeline.place_features", fail)
    assert error_of(run("build", "--plans", small, "--out", atlas_path)) == (
        "layer parks, x, column y: is wrong"
    )
    assert atlas_path.read_bytes() == before


def test_a_folder_of_plans_that_is_not_there(tmp_path: Path) -> None:
    assert "plans.toml: not found" in error_of(run("build", "--plans", tmp_path / "none"))


def test_no_jobs_is_a_usage_error() -> None:
    assert run("build", "--jobs", "0").exit_code == 2


# -- export -------------------------------------------------------------------------------


def test_export_to_standard_output(atlas_path: Path) -> None:
    result = run("export", "parks", "--atlas", atlas_path)
    assert result.exit_code == 0, result.output
    collection = json.loads(result.stdout)
    assert collection["name"] == "parks"
    assert [f["properties"]["name"] for f in collection["features"]] == ["哈尔滨市农机产业园"]
    assert "哈尔滨市/双城区" in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], ["贝特瑞石墨项目", "某项目"]),
        (["--industry", "materials"], ["贝特瑞石墨项目"]),
        (["--industry", "equipment"], []),
        (["--industry", "equipment", "--industry", "materials"], ["贝特瑞石墨项目"]),
        (["--plan", "sample-2011", "--period", "2011-2013", "--year", "2012"], None),
        (["--place", "鸡西市"], ["贝特瑞石墨项目"]),
        (["--place", "230000"], ["贝特瑞石墨项目"]),
        (["--bbox", "130,45,131,46"], ["贝特瑞石墨项目"]),
        (["--bbox", "-180,45,-170,46"], []),
        (["-q", "某"], ["某项目"]),
    ],
)
def test_export_filtered(atlas_path: Path, options: list[str], names: list[str] | None) -> None:
    result = run("export", "projects", "--atlas", atlas_path, *options)
    assert result.exit_code == 0, result.output
    found = [f["properties"]["name"] for f in json.loads(result.stdout)["features"]]
    assert found == (["贝特瑞石墨项目", "某项目"] if names is None else names)


def test_export_to_a_file(atlas_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "parks.geojson"
    result = run("export", "parks", "--atlas", atlas_path, "-o", target)
    assert (result.exit_code, result.output) == (0, "")
    assert len(json.loads(target.read_bytes())["features"]) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["park"], "layer: there is no 'park'; there are layout, clusters, parks, projects"),
        (["parks", "-f", "shp"], "format: there is no 'shp'; there is geojson"),
        (["parks", "--industry", "steel"], "industry: there is no 'steel'; there are equipment"),
        (["parks", "--plan", "x"], "plan: there is no 'x'; there are sample-2011"),
        (["parks", "--period", "2011"], "period: there is no '2011'; there are 2011-2013"),
        (["parks", "--year", "2019"], "year: no plan reaches 2019; the plans cover 2011 to 2013"),
        (["parks", "--place", "北京市"], "place: there is no '北京市'"),
        (["parks", "--bbox", "1,2,3"], "bbox: '1,2,3' is not four numbers"),
    ],
)
def test_export_refuses_what_does_not_exist(
    atlas_path: Path, arguments: list[str], message: str
) -> None:
    assert error_of(run("export", *arguments, "--atlas", atlas_path)).startswith(message)


def test_export_from_a_bad_atlas(atlas_path: Path, tmp_path: Path) -> None:
    none = tmp_path / "none.gpkg"
    assert error_of(run("export", "parks", "--atlas", none)) == (
        f"{none}: there is no atlas; run `planmap build`"
    )
    whole = atlas_path.read_bytes()
    with closing(sqlite3.connect(atlas_path)) as connection, connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    assert "of another version (schema 99" in error_of(
        run("export", "parks", "--atlas", atlas_path)
    )
    atlas_path.write_bytes(whole[:-5000])
    assert error_of(run("export", "parks", "--atlas", atlas_path)) == (
        f"{atlas_path}: the atlas is truncated; run `planmap build`"
    )


def test_export_to_a_folder_that_is_not_there(atlas_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "none" / "x.geojson"
    result = run("export", "parks", "--atlas", atlas_path, "-o", target)
    assert error_of(result) == f"{target}: No such file or directory"


# -- locate -------------------------------------------------------------------------------


def test_locate_a_text() -> None:
    result = run("locate", "双城、宾西的农机", "--region", "230000", "--year", "2011")
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    assert "哈尔滨市/双城区" in line
    record = json.loads(line)
    assert record["text"] == "双城、宾西的农机"
    place = record["places"][0]
    assert (place["name"], place["start"], place["end"]) == ("双城", 0, 2)
    assert (place["adcode"], place["path"]) == ("230113", "哈尔滨市/双城区")
    assert place["precision"] == "county"
    assert {"lon", "lat"} <= set(place)


def test_locate_lines_of_standard_input() -> None:
    result = run("locate", stdin="大庆市\r\n\n没有地名\n".encode())
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["text"] for record in records] == ["大庆市", "", "没有地名"]
    assert [[p["adcode"] for p in record["places"]] for record in records] == [["230600"], [], []]


def test_locate_refuses_what_is_not_utf8() -> None:
    result = run("locate", stdin="大庆市\n".encode() + "大庆市\n".encode("gb18030"))
    assert error_of(result) == "standard input, line 2: not UTF-8"
    assert json.loads(result.stdout)["text"] == "大庆市"
    assert error_of(run("locate", "大庆\udc80")) == "TEXT is not UTF-8"


def test_locate_with_a_region_or_year_that_does_not_exist() -> None:
    assert "999999" in error_of(run("locate", "大庆", "--region", "999999"))
    assert run("locate", "大庆", "--year", "11").exit_code == 2


# -- check --------------------------------------------------------------------------------


def test_check_says_what_is_there(atlas_path: Path) -> None:
    result = run("check", "--atlas", atlas_path)
    assert result.exit_code == 0, result.output
    assert "plans: 5 plans" in result.stdout
    assert "atlas: 8 rows in 8 layers, 1 issues, 4 paragraphs" in result.stdout


def test_check_fails_on_a_bad_atlas_and_checks_the_rest(atlas_path: Path) -> None:
    with closing(sqlite3.connect(atlas_path)) as connection, connection:
        connection.execute("DROP TRIGGER IF EXISTS rtree_parks_geom_update6")
        connection.execute("UPDATE indicators SET basis = 'guess'")
        connection.execute("UPDATE issues SET line = 'three'")
    result = run("check", "--atlas", atlas_path)
    assert "issues, row 0, column line: 'three' is not a whole number" in error_of(result)
    assert "plans: 5 plans" in result.stdout


# -- serve --------------------------------------------------------------------------------


def test_serve_on_a_port_in_use(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        atlas = str(tmp_path / "atlas.gpkg")
        done = subprocess.run(
            [sys.executable, "-c", MAIN, "serve", "--port", port, "--atlas", atlas],
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
    assert done.returncode == 1
    expected = f"planmap: error: 127.0.0.1:{port} is in use by another program"
    assert done.stderr.splitlines()[-1].startswith(expected)
    assert "Traceback" not in done.stderr


def test_serve_answers_until_it_is_interrupted(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        MAIN,
        "serve",
        "--port",
        "0",
        "--atlas",
        str(tmp_path / "a.gpkg"),
    ]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        # A shell that starts the tests in the background has SIGINT ignored, and children inherit.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as server:
        try:
            assert server.stdout
            lines = iter(server.stdout.readline, "")
            address = next(line for line in lines if "serving" in line).split()[-1]
            with urlopen(f"{address}healthz") as response:
                assert response.status == 200
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=20)
        finally:
            server.kill()
    assert server.returncode == 0
    assert "Traceback" not in errors


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses that `serve` was asked for; nothing is really served."""
    addresses: list[str] = []
    monkeypatch.setattr(
        "webmap.server.run", lambda _app, host, port, **_: addresses.append(f"{host}:{port}")
    )
    monkeypatch.chdir(ROOT)
    return addresses


def test_serve_builds_what_is_missing_and_only_that(tmp_path: Path, served: list[str]) -> None:
    atlas = tmp_path / "new" / "atlas.gpkg"
    assert "total" in run("serve", "--atlas", atlas).stdout
    assert run("serve", "--atlas", atlas, "--host", "::1", "--port", "81").stdout == ""
    assert served == ["127.0.0.1:8000", "::1:81"]


def test_serve_builds_a_stale_atlas_from_its_own_plans(
    small: Path, tmp_path: Path, served: list[str]
) -> None:
    atlas = tmp_path / "mine.gpkg"
    assert run("build", "--plans", small, "--out", atlas).exit_code == 0
    assert run("serve", "--atlas", atlas).stdout == ""
    edit("三年实施方案", "改了的方案")(small)
    assert "total" in run("serve", "--atlas", atlas).stdout
    assert Atlas.open(atlas).plans()["title"].tolist() == ["改了的方案"]
    before = atlas.read_bytes()
    shutil.rmtree(small)
    assert run("serve", "--atlas", atlas).stdout == ""
    assert atlas.read_bytes() == before
    assert len(served) == 3


def test_serve_does_not_replace_a_file_that_is_no_atlas(tmp_path: Path, served: list[str]) -> None:
    document = tmp_path / "report.docx"
    document.write_bytes(b"not an atlas")
    message = error_of(run("serve", "--atlas", document))
    assert message == f"{document}: not a GeoPackage; run `planmap build`"
    assert document.read_bytes() == b"not an atlas"
    assert served == []


def test_serve_replaces_a_broken_atlas_in_its_own_place(
    tmp_path: Path, served: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "atlas.gpkg"
    own.write_bytes(b"")
    monkeypatch.setattr("webmap.cli.DEFAULT_ATLAS", own)
    assert run("serve", "--atlas", own).exit_code == 0
    assert len(Atlas.open(own).plans()) == 5
    assert served == ["127.0.0.1:8000"]


def test_a_port_that_is_none_is_a_usage_error() -> None:
    assert run("serve", "--port", "70000").exit_code == 2
