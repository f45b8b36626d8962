"""The atlas in, pages and JSON out: a Flask application that reads an atlas, never builds one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["create_app"]


def create_app(atlas_path: Path | str, **settings: object) -> Flask:
    """Make the application that serves one atlas.

    Parameters
    ----------
    atlas_path
        The GeoPackage that `planmap build` wrote.
    settings
        See `webmap.settings.SETTINGS`.

    Raises
    ------
    layers.errors.AtlasError
        The atlas is missing, damaged or of another version.
    geo.errors.DataMissingError, webmap.errors.AssetMissingError
        The build has not made the boundaries or fetched the front-end files.
    webmap.errors.SettingError
        A setting does not exist or cannot take the value.
    """
    # Folium and GeoPandas take a second to import; `planmap --help` should not wait for them.
    from webmap.application import build_application

    return build_application(Path(atlas_path), settings)
