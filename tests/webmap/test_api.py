"""The interface for programs: contents, filters, headers, and one shape of error."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PROJECT = "sample-2011:projects:贝特瑞石墨项目"


def names(response: TestResponse) -> list[str]:
    """The names of the features in a GeoJSON answer."""
    assert response.status_code == 200, response.text
    return [feature["properties"]["name"] for feature in json_of(response)["features"]]


def json_of(response: TestResponse) -> Any:
    return response.get_json(force=True)


def test_layers_say_what_there_is(client: FlaskClient) -> None:
    layers = {row["name"]: row for row in json_of(client.get("/api/layers"))["layers"]}

    assert list(layers) == [
        "layout",
        "clusters",
        "parks",
        "projects",
        "focus",
        "indicators",
        "alliances",
        "places",
    ]
    projects = layers["projects"]
    assert (projects["features"], projects["located"], projects["geometry"]) == (2, 1, "point")
    assert projects["links"] == {"geojson": "/api/layers/projects.geojson"}
    assert {"name": "enterprise", "kind": "text"}.items() <= next(
        column for column in projects["columns"] if column["name"] == "enterprise"
    ).items()


def test_layer_is_geojson_with_everything_in_the_properties(client: FlaskClient) -> None:
    response = client.get("/api/layers/projects.geojson")
    collection = json_of(response)

    assert response.content_type == "application/geo+json"
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    located, unlocated = collection["features"]
    assert located["id"] == PROJECT
    assert located["geometry"] == {"type": "Point", "coordinates": [130.97, 45.3]}
    assert located["properties"]["quote"] == "贝特瑞石墨项目（鸡西）"
    assert located["properties"]["industries"] == ["materials.graphite"]
    assert unlocated["geometry"] is None
    assert "贝特瑞" in response.text, "Chinese is not escaped"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["贝特瑞石墨项目", "某项目"]),
        ("industry=materials", ["贝特瑞石墨项目"]),
        ("industry=materials.graphite", ["贝特瑞石墨项目"]),
        ("industry=chemicals", []),
        ("industry=chemicals&industry=materials", ["贝特瑞石墨项目"]),
        ("plan=sample-2011", ["贝特瑞石墨项目", "某项目"]),
        ("period=2011-2013&place=230300", ["贝特瑞石墨项目"]),
        ("year=2012", ["贝特瑞石墨项目", "某项目"]),
        ("bbox=130,45,131,46", ["贝特瑞石墨项目"]),
        ("bbox=120,45,121,46", []),
        ("q=某", ["某项目"]),
    ],
)
def test_filters(client: FlaskClient, query: str, expected: list[str]) -> None:
    assert names(client.get(f"/api/layers/projects.geojson?{query}")) == expected


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("industry=steel", ["industry", "steel", "materials.graphite"]),
        ("plan=x", ["plan", "'x'", "sample-2011"]),
        ("period=2011-2014", ["period", "2011-2014", "2011-2013"]),
        ("year=1999", ["year", "1999"]),
        ("year=soon", ["year", "soon"]),
        ("place=999999", ["place", "999999"]),
        ("bbox=1,2,3", ["bbox", "1,2,3"]),
        ("q=", ["q"]),
        ("colour=red", ["colour", "industry"]),
        ("layer=projects", ["layer"]),
        ("lang=en", ["lang"]),
    ],
)
def test_a_wrong_filter_is_a_400_that_names_it(
    client: FlaskClient, query: str, words: list[str]
) -> None:
    response = client.get(f"/api/layers/projects.geojson?{query}")
    problem = json_of(response)

    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert set(problem) == {"type", "title", "status", "detail", "instance"}
    assert (problem["title"], problem["status"]) == ("Bad Request", 400)
    assert problem["instance"] == f"/api/layers/projects.geojson?{query}"
    for word in words:
        assert word in problem["detail"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/api/layers/rivers.geojson", 404, ["rivers", "projects"]),
        ("/api/layers/projects.shp", 404, ["shp", "geojson"]),
        ("/api/features/nothing", 404, ["nothing"]),
        ("/api/nothing", 404, ["/api/nothing"]),
        ("/api", 404, ["/api/"]),
        ("/api/plans?x=1", 400, ["'x'"]),
        ("/api/industries?x=1", 400, ["'x'"]),
        ("/api/places?x=1", 400, ["'x'"]),
        ("/api/layers?x=1", 400, ["'x'"]),
        (f"/api/features/{PROJECT}?x=1", 400, ["'x'"]),
        ("/api/features/%FF%FE", 404, []),
    ],
)
def test_every_error_under_api_is_a_problem_document(
    client: FlaskClient, path: str, status: int, words: list[str]
) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    assert json_of(response)["status"] == status
    for word in words:
        assert word in json_of(response)["detail"]


def test_a_method_that_is_not_allowed_is_a_problem_document(client: FlaskClient) -> None:
    response = client.post("/api/plans")

    assert response.status_code == 405
    assert response.content_type == "application/problem+json"
    assert "GET" in response.headers["Allow"]


def test_a_fault_of_ours_is_a_problem_document_without_secrets(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the password is 1234")

    monkeypatch.setattr("webmap.api.to_geojson", fail)
    response = client.get(f"/api/features/{PROJECT}")

    assert response.status_code == 500
    assert response.content_type == "application/problem+json"
    assert "1234" not in response.text
    assert "1234" in caplog.text


def test_feature_and_division_by_id(client: FlaskClient) -> None:
    feature = json_of(client.get(f"/api/features/{quote(PROJECT)}"))
    division = json_of(client.get("/api/features/230113"))

    assert feature["type"] == "Feature"
    assert feature["properties"]["enterprise"] == "贝特瑞"
    assert division["properties"]["path"] == "哈尔滨市/双城区"
    assert division["geometry"]["type"] == "MultiPolygon"


def test_plans_industries_and_places(client: FlaskClient) -> None:
    [plan] = json_of(client.get("/api/plans"))["plans"]
    industries = json_of(client.get("/api/industries"))["industries"]
    places = json_of(client.get("/api/places"))["places"]

    assert plan["id"] == "sample-2011"
    assert plan["page"] == "/plans/sample-2011"
    assert "text" not in plan
    assert industries[1] == {
        "code": "equipment.farm-machinery",
        "parent": "equipment",
        "zh": "农机装备",
        "en": "Farm machinery",
        "gbt4754": [],
        "emerging2018": [],
    }
    assert places[1] == {
        "adcode": "230113",
        "name": "双城区",
        "level": "county",
        "path": "哈尔滨市/双城区",
        "n_features": 1,
    }


def test_health(client: FlaskClient) -> None:
    response = client.get("/healthz")

    assert json_of(response)["status"] == "ok"
    assert json_of(response)["features"] == 5
    assert response.headers["Cache-Control"] == "no-store"


def test_an_answer_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/api/layers/projects.geojson")
    again = client.get(
        "/api/layers/projects.geojson", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"] == "no-cache"
    assert again.status_code == 304
    assert again.data == b""


def test_large_answers_are_compressed(client: FlaskClient) -> None:
    plain = client.get("/api/layers")
    small = client.get("/api/layers", headers={"Accept-Encoding": "gzip"})

    assert small.headers["Content-Encoding"] == "gzip"
    assert len(small.data) < len(plain.data) / 3
