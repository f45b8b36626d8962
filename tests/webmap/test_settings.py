"""The table of settings: defaults, kinds, and what is refused."""

from __future__ import annotations

import pytest

from webmap.errors import SettingError
from webmap.settings import SETTINGS, read_settings


def test_defaults_need_nothing() -> None:
    values = read_settings({}, {})

    assert values == {setting.name: setting.default for setting in SETTINGS}
    assert values["osm_tiles"] is False
    assert values["tianditu_key"] == ""


def test_a_keyword_wins_over_the_environment() -> None:
    environment = {"PLANMAP_OSM_TILES": "yes", "PLANMAP_TOLERANCE_M": "50", "PLANMAP_TITLE": "甲"}

    values = read_settings({"title": "乙"}, environment)

    assert (values["osm_tiles"], values["tolerance_m"], values["title"]) == (True, 50.0, "乙")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"colour": "red"}, ["colour", "tianditu_key"]),
        ({"osm_tiles": "perhaps"}, ["osm_tiles", "perhaps"]),
        ({"tolerance_m": "wide"}, ["tolerance_m", "wide"]),
        ({"tolerance_m": -1}, ["tolerance_m", "-1"]),
        ({"tolerance_m": float("nan")}, ["tolerance_m", "nan"]),
        ({"language": "fr"}, ["language", "fr"]),
        ({"title": 1}, ["title", "1"]),
        ({"tianditu_key": "{{ 1 }}"}, ["tianditu_key"]),
    ],
)
def test_a_wrong_setting_is_named(given: dict[str, object], words: list[str]) -> None:
    with pytest.raises(SettingError) as error:
        read_settings(given, {})
    for word in words:
        assert word in str(error.value)


def test_every_setting_says_what_it_is_for() -> None:
    for setting in SETTINGS:
        assert setting.help.endswith(".")
        assert setting.name == setting.name.lower()
