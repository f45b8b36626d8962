"""The settings of the web pages: one table of name, default and help.

A setting is given to `webmap.create_app` by keyword (`tianditu_key=...`) or by the environment
(`PLANMAP_TIANDITU_KEY=...`); the keyword wins. A keyword that does not exist is an error.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from webmap.errors import SettingError

ENVIRONMENT_PREFIX = "PLANMAP_"

SettingValue = str | bool | float


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, the value that it has when nobody says otherwise, and its purpose."""

    name: str
    default: SettingValue
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("title", "", "Name of the atlas in the page header; empty: the built-in name."),
    Setting("language", "zh", "Language of the pages when the address has no `lang`: zh or en."),
    Setting("tianditu_key", "", "Key of the Tianditu tile service; empty: its layers are off."),
    Setting("osm_tiles", False, "Offer OpenStreetMap tiles as a background."),
    Setting(
        "boundary_source",
        "天地图（国家地理信息公共服务平台）",
        "Source of the boundaries, printed on the map.",
    ),
    Setting("approval_number", "", "Map approval number (审图号), printed on the map."),
    Setting(
        "tolerance_m",
        200.0,
        "How much outlines are simplified for the map page, in metres; downloads are not.",
    ),
)

_TILE_KEY = re.compile(r"[0-9A-Za-z]*")
_TRUE = frozenset({"1", "true", "yes", "on"})
_FALSE = frozenset({"0", "false", "no", "off", ""})


def read_settings(
    given: Mapping[str, object], environment: Mapping[str, str]
) -> dict[str, SettingValue]:
    """Return the value of every setting: keyword first, then the environment, then the default.

    Raises
    ------
    SettingError
        For a keyword that is no setting, or a value of the wrong kind from either.
    """
    known = {setting.name: setting for setting in SETTINGS}
    unknown = sorted(set(given) - set(known))
    if unknown:
        raise SettingError(f"no setting {unknown[0]!r}; there are: {', '.join(known)}")
    values: dict[str, SettingValue] = {}
    for name, setting in known.items():
        variable = ENVIRONMENT_PREFIX + name.upper()
        raw = given[name] if name in given else environment.get(variable, setting.default)
        values[name] = _convert(setting, raw)
    if not _TILE_KEY.fullmatch(str(values["tianditu_key"])):
        raise SettingError("setting 'tianditu_key' is letters and digits only")
    if values["language"] not in ("zh", "en"):
        raise SettingError(f"setting 'language' is zh or en, not {values['language']!r}")
    return values


def _convert(setting: Setting, raw: object) -> SettingValue:
    """Return `raw` as the kind of value that the default has."""
    if isinstance(setting.default, bool):
        text = str(raw).lower()
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        raise SettingError(f"setting {setting.name!r} is yes or no, not {raw!r}")
    if isinstance(setting.default, float):
        try:
            number = float(str(raw))
        except ValueError:
            number = math.nan
        if not (math.isfinite(number) and number >= 0):
            raise SettingError(f"setting {setting.name!r} is a number from 0, not {raw!r}")
        return number
    if not isinstance(raw, str):
        raise SettingError(f"setting {setting.name!r} is a text, not {raw!r}")
    return raw
