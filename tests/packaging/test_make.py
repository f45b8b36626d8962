"""The Makefile: what it says before it does anything, and that it names what it has."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


def test_no_python_is_said_in_one_line(folder: Path) -> None:
    done = make(folder, "install", "PYTHON=no-such-python")
    assert done.returncode != 0
    assert "planmap needs Python 3.11 or later: there is no no-such-python" in done.stderr
    assert not (folder / ".venv").exists()


def test_an_old_python_is_said_in_one_line(folder: Path) -> None:
    old = folder / "old-python"
    old.write_text(
        "#!/usr/bin/env python3\n"
        "import sys\n"
        "sys.version_info, sys.version = (3, 9, 1), '3.9.1 (made up)'\n"
        "exec(sys.argv[2])\n",
        encoding="ascii",
    )
    old.chmod(0o755)
    done = make(folder, "install", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"planmap needs Python 3.11 or later, and {old} is 3.9.1" in done.stderr
    assert not (folder / ".venv").exists()


def test_help_names_targets_that_exist() -> None:
    done = make(ROOT, "help")
    assert done.returncode == 0
    named = set(re.findall(r"^make (\w+)", done.stdout, flags=re.MULTILINE))
    rules = re.findall(
        r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert {"serve", "build", "test", "lint", "clean", "lock"} <= named <= set(rules)
