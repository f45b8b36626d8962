"""The words for the codes of the data: layers, basis, precision, roles, levels, reasons.

Every code that a page shows has its words here, so that no page shows a bare code. The texts are
translated by the catalogue in `translations/`.
"""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from layers.model import Feature, Precision
from layers.schema import GEOMETRY_KINDS

LAYER_NAMES: dict[str, LazyString] = {
    "layout": _l("Spatial structure"),
    "clusters": _l("Industry clusters"),
    "parks": _l("Parks and bases"),
    "projects": _l("Key projects"),
    "focus": _l("Local priorities"),
    "indicators": _l("Figures"),
    "alliances": _l("Alliances"),
    "places": _l("Divisions"),
}

BASIS: dict[str, LazyString] = {
    "text": _l("named in the item's own words"),
    "context": _l("inferred from its sentence, its heading or the scope of the plan"),
    "knowledge": _l("seat of the named organisation or site, from a table with sources"),
    "unknown": _l("not known"),
}

PRECISION: dict[str, LazyString] = {
    "site": _l("site or park"),
    "township": _l("township"),
    "county": _l("county or district"),
    "prefecture": _l("prefecture or city"),
    "region": _l("several places"),
    "province": _l("whole province"),
    "none": _l("no place"),
}

POINT_STANDS_AT: dict[str, LazyString] = {
    "township": _l("The point is the seat of the township, not the site itself."),
    "county": _l("The point is the seat of the county or district, not the site itself."),
    "prefecture": _l("The point is the seat of the city, not the site itself."),
}

CERTAINTY: dict[str, LazyString] = {
    "firm": _l("the plan names the county, township or site"),
    "coarse": _l("the plan names no more than the city or several places"),
    "inferred": _l("inferred from context or from the seat of the organisation"),
}

REVIEW: dict[str, LazyString] = {
    "auto": _l("extracted by program"),
    "curated": _l("checked and corrected by hand"),
}

ROLES: dict[str, LazyString] = {
    "zone": _l("zone"),
    "belt": _l("belt"),
    "bases": _l("bases"),
    "corridor": _l("corridor"),
    "region": _l("region"),
    "node": _l("node"),
}

LEVELS: dict[str, LazyString] = {
    "national": _l("national level"),
    "provincial": _l("provincial level"),
    "other": _l("other level"),
}

STATUS: dict[str, LazyString] = {
    "actual": _l("actual figure"),
    "target": _l("target"),
}

# In the order in which a page names them: what the source lacks first.
ISSUES: dict[str, LazyString] = {
    "masked": _l("name masked in the source"),
    "contradiction": _l("the plan contradicts itself"),
    "page-number": _l("page number inside a word"),
    "separator": _l("separator missing in a list"),
    "unclassified": _l("industry not in our table"),
    "unlocated": _l("no place on the map"),
}

OUTSIDE = _l(
    "The point lies outside the outline of the province: %(place)s administers it, but its ground"
    " is within the boundary of %(other)s."
)

NO_SHAPE = _l("A figure is not drawn; it is in the table.")
WHY_UNLOCATED: dict[str, LazyString] = {
    "region": _l("The plan names several places; a single point would be wrong."),
    "province": _l("The plan speaks of the whole province."),
    "none": _l("The plan does not say where."),
}
NO_POINT_KNOWN = _l("No point is known for the place.")


def why_unlocated(feature: Feature) -> LazyString:
    """Return in words why the feature has no place on the map."""
    if GEOMETRY_KINDS[feature.layer] == "none":
        return NO_SHAPE
    if feature.precision is Precision.REGION and GEOMETRY_KINDS[feature.layer] != "point":
        return NO_POINT_KNOWN
    return WHY_UNLOCATED.get(feature.precision.value, NO_POINT_KNOWN)


def number(value: float) -> str:
    """Return a figure as a plan would write it: no exponent, no needless decimals."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if text != "-0" else "0"
