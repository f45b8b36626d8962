"""The application factory: one atlas, its settings, and everything that serves it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from flask import Flask, request, url_for
from flask_babel import gettext
from flask_compress import Compress

from webmap import languages, problems, security, words
from webmap.api import api
from webmap.mapdata import mapdata
from webmap.maps import script_json, tile_sources
from webmap.messages import say_issue
from webmap.pages import map_parts, pages
from webmap.reading import Reading, Shelf, current_reading
from webmap.settings import read_settings
from webmap.state import State, current_state
from webmap.symbols import certainty, load_symbols

COMPRESSED = (
    "text/html",
    "text/css",
    "text/javascript",
    "image/svg+xml",
    "application/json",
    "application/geo+json",
    "application/problem+json",
)


def build_application(atlas_path: Path, settings: Mapping[str, object]) -> Flask:
    """Make the application; see `webmap.create_app`."""
    values = read_settings(settings, os.environ)
    tiles = tile_sources(values)
    app = Flask("webmap")
    app.config.update(COMPRESS_MIMETYPES=COMPRESSED, COMPRESS_ALGORITHM=["br", "gzip"])
    app.url_map.strict_slashes = False
    app.extensions["planmap"] = State(Shelf(atlas_path), values, tiles)
    languages.register(app)
    problems.register(app)
    security.protect(app, list(dict.fromkeys(host for source in tiles for host in source.hosts)))
    Compress(app)
    for blueprint in (pages, mapdata, api):
        app.register_blueprint(blueprint)
    _serve_templates(app)
    # What the build should have made is missed now and not by the first visitor.
    with app.test_request_context():
        map_parts(current_state(), current_reading())
    return app


def _serve_templates(app: Flask) -> None:
    """Give the templates the words, names and tables that they use."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.globals.update(
        words=words,
        certainty=certainty,
        script_json=script_json,
        say_issue=say_issue,
        plan_title=languages.plan_title,
        plan_issuer=languages.plan_issuer,
        plan_scope=languages.plan_scope,
        error_title=languages.error_title,
        static=lambda name: url_for("static", filename=name),
    )

    @app.context_processor
    def page_context() -> dict[str, object]:
        state = current_state()
        reading = current_reading()
        language = languages.current_language()
        other = "en" if language == "zh" else "zh"
        arguments = request.args.to_dict(flat=False) | {"lang": [other]}
        if other == state.settings["language"]:
            del arguments["lang"]
        title = state.settings["title"] or gettext(
            "Map of the industrial plans of %(region)s", region=state.region_name(reading.region)
        )
        return {
            "reading": reading,
            "settings": state.settings,
            "tiles": state.tiles,
            "families_tag": load_symbols().tag,
            "language": language,
            "html_lang": languages.HTML_LANGUAGES[language],
            "other_lang": languages.HTML_LANGUAGES[other],
            "other_lang_name": languages.LANGUAGES[other],
            "other_lang_url": _address(request.script_root + request.path, arguments),
            "site_title": title,
            "known_places": {place.adcode for place in reading.facts.places},
            "industry_name": lambda code: _name_of(reading, code),
        }


def _name_of(reading: Reading, code: str) -> str:
    """Return the name of an industry; the code itself where the table does not have it."""
    row = reading.industries.get(code)
    return languages.industry_name(row) if row else code


def _address(path: str, arguments: dict[str, list[str]]) -> str:
    """Return path and parameters as an address on this server."""
    query = urlencode(arguments, doseq=True)
    return quote(path, safe="/:") + (f"?{query}" if query else "")
