"""The atlas: what is written is read, a failed build changes nothing, a bad file is refused."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shapely.geometry import Point

from layers import atlas as module
from layers import schema
from layers.atlas import Atlas, AtlasContent, is_stale, write_atlas
from layers.errors import AtlasError, SchemaError
from layers.model import Basis, Evidence, Feature, Precision
from layers.query import PlaceFact

PROJECT = "sample-2011:projects:贝特瑞石墨项目"


# -- round trip ---------------------------------------------------------------------------


@pytest.mark.parametrize("layer", schema.LAYERS)
def test_a_layer_is_read_as_it_was_built(
    content: AtlasContent, atlas_path: Path, layer: str
) -> None:
    assert_geodataframe_equal(Atlas.open(atlas_path).layer(layer), content.layers[layer])


def test_the_tables_are_read_as_they_were_built(content: AtlasContent, atlas_path: Path) -> None:
    atlas = Atlas.open(atlas_path)
    pd.testing.assert_frame_equal(atlas.issues(), content.issues)
    pd.testing.assert_frame_equal(atlas.plans(), content.plans)
    pd.testing.assert_frame_equal(atlas.paragraphs(), content.paragraphs)
    pd.testing.assert_frame_equal(atlas.industries(), content.industries)


def test_the_text_of_a_plan_fits_the_evidence(atlas_path: Path) -> None:
    atlas = Atlas.open(atlas_path)
    text = atlas.plans()["text"].iloc[0]
    for layer in schema.FEATURE_LAYERS:
        for feature in schema.features_from_layer(atlas.layer(layer)):
            found = text[feature.evidence.start : feature.evidence.end]
            assert found == feature.evidence.quote
    for start, end, paragraph in atlas.paragraphs("sample-2011")[["start", "end", "text"]].values:
        assert text[start:end] == paragraph


# XML-illegal characters do not matter to SQLite; NUL and surrogates the schema refuses.
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12
)
ITEMS = st.lists(WORDS.filter(lambda text: ";" not in text), max_size=3).map(tuple)


@st.composite
def indicators(draw: st.DrawFn) -> Feature:
    quote = draw(WORDS)
    start = draw(st.integers(0, 10**6))
    return Feature(
        id=f"p:indicators:{draw(st.integers(0, 10**9))}",
        layer="indicators",
        plan="p",
        period_start=2011,
        period_end=2013,
        name=draw(WORDS),
        evidence=Evidence("s.txt", draw(st.integers(1, 10**6)), start, start + len(quote), quote),
        places_as_written=draw(ITEMS),
        subject=draw(st.none() | WORDS),
        value=draw(st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        year=draw(st.none() | st.integers(1949, 2100)),
        unit=draw(st.none() | st.just("") | WORDS),
    )


@st.composite
def projects(draw: st.DrawFn) -> Feature:
    point = draw(st.none() | st.builds(Point, st.floats(73, 135), st.floats(18, 54)))
    located = point is not None
    return replace(
        draw(indicators()),
        id=f"p:projects:{draw(st.integers(0, 10**9))}",
        layer="projects",
        subject=None,
        value=None,
        year=None,
        unit=None,
        enterprise=draw(st.none() | WORDS),
        places=("230113",) if located else (),
        place_names=("哈尔滨市/双城区",) if located else (),
        precision=Precision.COUNTY if located else Precision.NONE,
        basis=draw(st.sampled_from(Basis)),
        geometry=point,
    )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(indicators(), max_size=4, unique_by=lambda f: f.id),
    st.lists(projects(), max_size=4, unique_by=lambda f: f.id),
)
def test_any_feature_survives_the_file(
    content: AtlasContent,
    tmp_path: Path,
    figures: list[Feature],
    works: list[Feature],
) -> None:
    path = tmp_path / "any.gpkg"
    layers = {
        **content.layers,
        "indicators": schema.layer_from_features(figures, "indicators"),
        "projects": schema.layer_from_features(works, "projects"),
    }
    write_atlas(replace(content, layers=layers), path)
    atlas = Atlas.open(path)
    assert schema.features_from_layer(atlas.layer("indicators")) == tuple(figures)
    back = schema.features_from_layer(atlas.layer("projects"))
    assert back == tuple(works)
    assert [f.geometry for f in back] == [f.geometry for f in works]


# -- what an atlas knows ------------------------------------------------------------------


def test_a_feature_by_its_id(atlas_path: Path, features: dict[str, tuple[Feature, ...]]) -> None:
    atlas = Atlas.open(atlas_path)
    assert atlas.feature(PROJECT) == features["projects"][0]
    assert atlas.row(PROJECT)["enterprise"].tolist() == ["贝特瑞"]
    assert atlas.row("230113")["path"].tolist() == ["哈尔滨市/双城区"]
    with pytest.raises(KeyError):
        atlas.feature("sample-2011:projects:none")
    with pytest.raises(KeyError):
        atlas.feature("230113")


def test_a_layer_is_read_once(atlas_path: Path) -> None:
    atlas = Atlas.open(atlas_path)
    assert atlas.layer("parks") is atlas.layer("parks")
    assert atlas.issues() is atlas.issues()


def test_an_unknown_layer(atlas_path: Path) -> None:
    with pytest.raises(SchemaError, match="there is no layer 'park'"):
        Atlas.open(atlas_path).layer("park")


def test_paragraphs_of_a_plan(atlas_path: Path) -> None:
    atlas = Atlas.open(atlas_path)
    assert atlas.paragraphs("sample-2011")["line"].tolist() == [1, 2, 3, 4]
    assert len(atlas.paragraphs("none")) == 0


def test_version_and_time_of_the_build(atlas_path: Path) -> None:
    atlas = Atlas.open(atlas_path)
    assert atlas.version == module.planmap_version()
    assert timedelta(0) <= datetime.now(UTC) - atlas.built_at < timedelta(minutes=1)


def test_the_facts_that_filters_are_held_against(atlas_path: Path) -> None:
    facts = Atlas.open(atlas_path).facts()
    assert facts.layers == schema.LAYERS
    assert facts.industries["equipment"] == ("equipment", "equipment.farm-machinery")
    assert facts.industries["materials.graphite"] == ("materials.graphite",)
    assert facts.plans == ("sample-2011",)
    assert facts.periods == ((2011, 2013),)
    assert facts.places[:2] == (
        PlaceFact("230000", "黑龙江省", "黑龙江省"),
        PlaceFact("230100", "哈尔滨市", "哈尔滨市"),
    )


def test_stale_when_missing_broken_or_of_other_inputs(
    content: AtlasContent, atlas_path: Path, tmp_path: Path
) -> None:
    assert not is_stale(atlas_path, dict(content.inputs))
    assert is_stale(atlas_path, {**content.inputs, "sample.txt": "1" * 64})
    assert is_stale(atlas_path, {**content.inputs, "new.txt": "0" * 64})
    assert is_stale(tmp_path / "none.gpkg", dict(content.inputs))
    atlas_path.write_bytes(b"")
    assert is_stale(atlas_path, dict(content.inputs))


def test_the_folder_of_the_plans_is_kept_relative_to_the_atlas(
    content: AtlasContent, tmp_path: Path
) -> None:
    plans = tmp_path / "plans"
    path = tmp_path / "build" / "atlas.gpkg"
    write_atlas(replace(content, folder=plans), path)
    assert Atlas.open(path).folder is None
    plans.mkdir()
    (plans / "plans.toml").touch()
    found = Atlas.open(path).folder
    assert found is not None
    assert found.resolve() == plans
    assert str(tmp_path).encode() not in path.read_bytes()
    write_atlas(content, path)
    assert Atlas.open(path).folder is None


# -- other programs -----------------------------------------------------------------------


def test_ogrinfo_lists_every_layer_and_table(atlas_path: Path) -> None:
    ogrinfo = shutil.which("ogrinfo")
    assert ogrinfo, "ogrinfo is missing; install gdal-bin"
    done = subprocess.run(
        [ogrinfo, "-q", str(atlas_path)], capture_output=True, text=True, check=True
    )
    listed = dict(line.split(": ")[1].split(" (") for line in done.stdout.splitlines())
    assert listed == {
        "layout": "Multi Polygon)",
        "clusters": "Multi Polygon)",
        "parks": "Point)",
        "projects": "Point)",
        "focus": "Multi Polygon)",
        "indicators": "None)",
        "alliances": "Point)",
        "places": "Multi Polygon)",
        "issues": "None)",
        "plans": "None)",
        "paragraphs": "None)",
        "industries": "None)",
        "meta": "None)",
    }


def test_lists_are_joined_in_the_file(atlas_path: Path) -> None:
    table = pyogrio.read_dataframe(atlas_path, layer="layout")
    assert table["places"].tolist() == ["230100;230600;230200"]
    assert table["industries"].tolist() == ["equipment;chemicals"]


def test_located_features_are_in_the_r_tree(atlas_path: Path) -> None:
    with closing(sqlite3.connect(atlas_path)) as connection:
        rows = connection.execute("SELECT count(*) FROM rtree_projects_geom").fetchall()
    assert rows == [(1,)]


# -- failing builds -----------------------------------------------------------------------


@pytest.mark.parametrize("step", ["_write_layers", "_write_tables", "_sync"])
def test_a_failed_build_leaves_the_old_atlas(
    content: AtlasContent, atlas_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = atlas_path.read_bytes()
    real = getattr(module, step)

    def fail(*args: Any) -> None:
        if step != "_sync":
            real(*args)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, step, fail)
    with pytest.raises(AtlasError, match=r"atlas.gpkg: the atlas cannot be written: .*No space"):
        write_atlas(content, atlas_path)
    assert atlas_path.read_bytes() == before
    assert [file.name for file in atlas_path.parent.iterdir()] == ["atlas.gpkg"]


def test_bad_content_is_refused_before_anything_is_written(
    content: AtlasContent, tmp_path: Path
) -> None:
    parks = content.layers["parks"].copy()
    parks["basis"] = "guess"
    path = tmp_path / "new" / "atlas.gpkg"
    with pytest.raises(SchemaError, match="layer parks"):
        write_atlas(replace(content, layers={**content.layers, "parks": parks}), path)
    layers = {name: content.layers[name] for name in schema.FEATURE_LAYERS}
    with pytest.raises(SchemaError, match=r"lacks the layer\(s\) places"):
        write_atlas(replace(content, layers=layers), path)
    assert not path.parent.exists()


def test_a_folder_that_is_a_file(content: AtlasContent, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(AtlasError, match="cannot be written"):
        write_atlas(content, tmp_path / "file" / "atlas.gpkg")


def test_the_folder_is_made(content: AtlasContent, tmp_path: Path) -> None:
    write_atlas(content, tmp_path / "a" / "b" / "atlas.gpkg")
    assert len(Atlas.open(tmp_path / "a" / "b" / "atlas.gpkg").layer("projects")) == 2


# -- bad files ----------------------------------------------------------------------------


def change_meta(path: Path, key: str, value: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))


def refusal(path: Path) -> str:
    with pytest.raises(AtlasError) as caught:
        Atlas.open(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert message.endswith("; run `planmap build`")
    assert "\n" not in message
    return message.removeprefix(f"{path}: ").removesuffix("; run `planmap build`")


def test_no_atlas(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.gpkg") == "there is no atlas"


def test_a_folder_is_no_atlas(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "cannot be read (Is a directory)"


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    path.touch()
    assert refusal(path) == "the atlas is empty"


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    path.write_text("不是地图集" * 100, encoding="utf-8")
    assert refusal(path) == "not a GeoPackage"


def test_another_sqlite_file(tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    assert refusal(path) == "not a GeoPackage"


def test_another_geopackage(content: AtlasContent, tmp_path: Path) -> None:
    path = tmp_path / "atlas.gpkg"
    pyogrio.write_dataframe(content.layers["parks"][["id", "geometry"]], path, layer="parks")
    assert refusal(path) == "a GeoPackage, but not an atlas"


@pytest.mark.parametrize("share", [0.0005, 0.3, 0.99])
def test_a_truncated_atlas(atlas_path: Path, share: float) -> None:
    whole = atlas_path.read_bytes()
    atlas_path.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(atlas_path) == "the atlas is truncated"


def test_a_damaged_atlas(atlas_path: Path) -> None:
    whole = bytearray(atlas_path.read_bytes())
    middle = len(whole) // 2
    whole[4096:middle] = b"\xff" * (middle - 4096)
    atlas_path.write_bytes(whole)
    assert refusal(atlas_path).startswith("the atlas is damaged")


def test_an_atlas_of_another_version(atlas_path: Path) -> None:
    change_meta(atlas_path, "schema_version", "0")
    assert refusal(atlas_path) == "an atlas of another version (schema 0, this planmap reads 1)"


def test_an_atlas_without_a_table(atlas_path: Path) -> None:
    with closing(sqlite3.connect(atlas_path)) as connection, connection:
        connection.execute("DELETE FROM gpkg_contents WHERE table_name = 'paragraphs'")
    assert refusal(atlas_path) == "the atlas lacks paragraphs"


def test_a_row_that_was_changed_by_hand_is_told(atlas_path: Path) -> None:
    with closing(sqlite3.connect(atlas_path)) as connection, connection:
        connection.execute("UPDATE issues SET message = NULL")
    with pytest.raises(AtlasError, match=r"issues, row 0, column message: is empty; run `planmap"):
        Atlas.open(atlas_path).issues()
