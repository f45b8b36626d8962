"""The interface for programs: layers as GeoJSON, and the tables behind them as JSON."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import orjson
from flask import Blueprint, Response, abort, request, url_for

from layers.export import FORMATS, to_geojson
from layers.query import PARAMETERS, Filter, parse_filter, select
from layers.schema import GEOMETRY_KINDS, LAYERS, columns_of
from webmap.reading import PlanRow, Reading, current_reading
from webmap.state import current_state

api = Blueprint("api", __name__)

LAYER_PARAMETERS = tuple(name for name in PARAMETERS if name != "layer")


@api.get("/api/layers")
def layers() -> Response:
    """Every layer: its size, its columns, and where to get it."""
    _asked_filter(())
    reading = current_reading()
    return _json({"layers": [_layer_facts(reading, name) for name in LAYERS]})


@api.get("/api/layers/<name>.<form>")
def layer(name: str, form: str) -> Response:
    """One layer, filtered, as a file of the format asked for."""
    if name not in LAYERS:
        abort(404, f"There is no layer {name!r:.80}; there are {', '.join(LAYERS)}.")
    if form not in FORMATS:
        abort(404, f"There is no format {form!r:.40}; there are {', '.join(FORMATS)}.")
    chosen = _asked_filter(LAYER_PARAMETERS)
    reading = current_reading()
    body = current_state().cached(
        ("layer", reading.tag, name, chosen),
        lambda: to_geojson(select(reading.layers[name], chosen), name=name),
    )
    return _answer(body, "application/geo+json")


@api.get("/api/features/<path:feature_id>")
def feature(feature_id: str) -> Response:
    """One feature, or one division, as a GeoJSON Feature."""
    _asked_filter(())
    try:
        row = current_reading().atlas.row(feature_id)
    except KeyError:
        abort(404, f"There is no feature {feature_id!r:.120}.")
    collection = orjson.loads(to_geojson(row))
    return _answer(orjson.dumps(collection["features"][0]), "application/geo+json")


@api.get("/api/plans")
def plans() -> Response:
    """The plans of the library, without their text."""
    _asked_filter(())
    return _json({"plans": [_plan_facts(plan) for plan in current_reading().plans.values()]})


@api.get("/api/industries")
def industries() -> Response:
    """The taxonomy of industries, both levels."""
    _asked_filter(())
    rows = current_reading().industries.values()
    return _json({"industries": list(rows)})


@api.get("/api/places")
def places() -> Response:
    """The divisions of the atlas, without their shapes."""
    _asked_filter(())
    frame = current_reading().layers["places"]
    columns = ("adcode", "name", "level", "path", "n_features")
    rows = zip(*(frame[name].tolist() for name in columns), strict=True)
    return _json({"places": [dict(zip(columns, row, strict=True)) for row in rows]})


@api.get("/healthz")
def healthz() -> Response:
    """Whether the atlas can be served, and which one it is."""
    reading = current_reading()
    facts = {
        "status": "ok",
        "version": reading.atlas.version,
        "built_at": reading.atlas.built_at.isoformat(),
        "features": len(reading.features),
    }
    response = Response(orjson.dumps(facts), mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


@api.route("/api/", defaults={"rest": ""})
@api.route("/api/<path:rest>")
def nothing(rest: str) -> Response:
    """Answer what is not there in the form of the interface."""
    abort(404, f"There is no /api/{rest:.120}; see {url_for('pages.data_page')}.")


def _asked_filter(allowed: Collection[str]) -> Filter:
    """Return the filter in the address, of which only `allowed` parameters may be given."""
    return parse_filter(request.args.to_dict(flat=False), current_reading().facts, allowed=allowed)


def _layer_facts(reading: Reading, name: str) -> dict[str, Any]:
    """Return what there is to know about a layer."""
    frame = reading.layers[name]
    return {
        "name": name,
        "geometry": GEOMETRY_KINDS[name],
        "features": len(frame),
        "located": int(frame.geometry.notna().sum()),
        "columns": [
            {"name": column.name, "kind": column.kind, "meaning": column.meaning}
            for column in columns_of(name)
        ],
        "links": {form: url_for("api.layer", name=name, form=form) for form in FORMATS},
    }


def _plan_facts(plan: PlanRow) -> dict[str, Any]:
    """Return the row of a plan without its text, and where to read it."""
    facts: dict[str, Any] = orjson.loads(orjson.dumps(plan))
    del facts["text"]
    return facts | {"page": url_for("pages.plan_page", plan=plan.id)}


def _json(value: object) -> Response:
    return _answer(orjson.dumps(value), "application/json")


def _answer(body: bytes, mimetype: str) -> Response:
    """Return a body that a client keeps and asks about again."""
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
