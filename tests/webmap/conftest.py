"""An application on the sample atlas, and a client of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.atlas import AtlasContent, write_atlas
from webmap import create_app


@pytest.fixture(scope="session")
def app(content: AtlasContent, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application on the sample atlas, with the default settings; shared."""
    path = tmp_path_factory.mktemp("shared") / "atlas.gpkg"
    write_atlas(content, path)
    return create_app(path)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client without a browser."""
    return app.test_client()


@pytest.fixture
def own_client(atlas_path: Path) -> FlaskClient:
    """A client of an application whose atlas (`atlas_path`) the test may change."""
    return create_app(atlas_path).test_client()
