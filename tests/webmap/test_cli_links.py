"""`planmap links`: every pair of features that the atlas holds to be the same thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from webmap.cli import cli

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    atlas = tmp_path_factory.mktemp("links") / "atlas.gpkg"
    built = CliRunner().invoke(cli, ["build", "--plans", str(SEEDS), "--out", str(atlas)])
    assert built.exit_code == 0, built.output
    result = CliRunner().invoke(cli, ["links", "--atlas", str(atlas)])
    assert result.exit_code == 0
    return [line.split("\t") for line in result.stdout.splitlines()]


def test_a_row_names_layer_and_both_features_with_line_and_place(rows: list[list[str]]) -> None:
    assert [
        "clusters",
        "emerging-2016:clusters:鸡西-鹤岗石墨新材料产业集群",
        "40",
        "鸡西市、鹤岗市",
        "industry-2019:clusters:鸡西-鹤岗石墨新材料产业集群",
        "11",
        "鸡西市、鹤岗市",
    ] in rows


def test_each_pair_stands_once_and_joins_two_plans(rows: list[list[str]]) -> None:
    pairs = [frozenset((row[1], row[4])) for row in rows]
    assert len(pairs) == len(set(pairs)) > 30
    plans = ["harbin-2006", "projects-2011", "emerging-2016", "innovation-2016", "industry-2019"]
    for row in rows:
        assert len(row) == 7
        assert row[1].partition(":")[0] != row[4].partition(":")[0]
        assert {row[1].partition(":")[0], row[4].partition(":")[0]} <= set(plans)
