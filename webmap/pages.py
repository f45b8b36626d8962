"""The pages: map, feature, plan, data, about. The state of a page is in its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask_babel import gettext

from layers.model import Feature
from layers.query import PARAMETERS, Filter, PlaceFact, is_within, parse_filter
from layers.schema import FEATURE_LAYERS
from webmap.evidence import Segment, Span, mark_segments, sentence_around
from webmap.languages import check_language, current_language
from webmap.maps import MapParts, build_map
from webmap.reading import MAP_LAYERS, IssueRow, Reading, current_reading
from webmap.state import State, current_state
from webmap.structures import Zone
from webmap.words import ISSUES

pages = Blueprint("pages", __name__)

PAGE_PARAMETERS = tuple(name for name in PARAMETERS if name != "bbox")


@dataclass(frozen=True, slots=True)
class Section:
    """What the list shows of one layer: what is on the map, what is not, what never can be."""

    layer: str
    located: tuple[Feature, ...]
    unlocated: tuple[Feature, ...]
    figures: tuple[Feature, ...] = ()

    @property
    def total(self) -> int:
        """How many features the filter takes of this layer."""
        return len(self.located) + len(self.unlocated) + len(self.figures)

    @property
    def figures_by_plan(self) -> list[tuple[str, list[Feature]]]:
        """The figures under their plans, in the order of the layer."""
        found: dict[str, list[Feature]] = {}
        for feature in self.figures:
            found.setdefault(feature.plan, []).append(feature)
        return list(found.items())


@dataclass(frozen=True, slots=True)
class PlaceGroup:
    """A prefecture and the divisions in it, for the choice of a place."""

    head: PlaceFact | None
    members: tuple[PlaceFact, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a plan, cut at the borders of its marks."""

    number: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class NumberedIssue:
    """An issue with an id that is unique on its page."""

    id: str
    row: IssueRow


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many features of a plan's layer there are, and how many of them have a place."""

    plan: str
    layer: str
    total: int
    located: int


@pages.url_defaults
def keep_language(_endpoint: str, values: dict[str, object]) -> None:
    """Carry the language from page to page, unless it is the default."""
    default = current_app.extensions["planmap"].settings["language"]
    if current_language() != default:
        values.setdefault("lang", current_language())


@pages.before_request
def refuse_unknown_language() -> None:
    """Answer a language that does not exist with 400."""
    check_language()


@pages.get("/")
def map_page() -> str:
    """The map with its filters, and the list of what they take."""
    reading = current_reading()
    chosen = _asked_filter(reading)
    shown = chosen.layers or MAP_LAYERS
    sections = tuple(_section(reading, layer, chosen) for layer in shown)
    return render_template(
        "map.html",
        chosen=chosen,
        shown_layers=shown,
        default_layers=MAP_LAYERS,
        sections=[section for section in sections if section.total],
        total=sum(section.total for section in sections),
        unlocated=sum(len(section.unlocated) for section in sections),
        wider=_wider(reading, chosen, shown) if not any(s.total for s in sections) else [],
        figures=sum(len(section.figures) for section in sections),
        layer_choices=[name for name in reading.listed_layers if len(reading.layers[name])],
        heads=[row for row in reading.industries.values() if row.parent is None],
        plans_by_period=_plans_by_period(reading),
        place_groups=_group_places(reading.facts.places),
        structure=reading.structure,
        zones_of=lambda feature: _zones_of(reading, feature),
        parts=map_parts(current_state(), reading),
        config=_browser_config(reading),
    )


@pages.get("/features/<path:feature_id>")
def feature_page(feature_id: str) -> str:
    """One feature with its evidence."""
    _refuse_parameters()
    reading = current_reading()
    feature = reading.features.get(feature_id)
    if feature is None:
        abort(404, gettext("There is no feature %(id)s.", id=f"{feature_id!r:.120}"))
    plan = reading.plans[feature.plan]
    evidence = feature.evidence
    return render_template(
        "feature.html",
        feature=feature,
        plan=plan,
        excerpt=sentence_around(plan.text, evidence.start, evidence.end),
        zones=_zones_of(reading, feature),
        region_name=current_state().region_name(reading.region),
        related=_same_thing(reading, feature),
        outside=_outside(reading, feature),
    )


@pages.get("/plans/<plan>")
def plan_page(plan: str) -> str:
    """A plan's text, line by line, with its features marked."""
    _refuse_parameters()
    reading = current_reading()
    row = reading.plans.get(plan)
    if row is None:
        known = ", ".join(reading.plans)
        text = gettext(
            "There is no plan %(id)s; there are %(known)s.", id=f"{plan!r:.80}", known=known
        )
        abort(404, text)
    features = reading.features_of(plan)
    issues = _numbered_issues(reading, plan)
    return render_template(
        "plan.html",
        plan=row,
        marked=sum(feature.layer in reading.drawn_layers for feature in features),
        figures=[feature for feature in features if feature.layer == "indicators"],
        issues=_issues_by_type(issues),
        lines=_marked_lines(row.text, features, issues),
    )


@pages.get("/data")
def data_page() -> str:
    """Downloads and the interface for programs."""
    _refuse_parameters()
    reading = current_reading()
    layers = [name for name in reading.layers if len(reading.layers[name])]
    return render_template("data.html", layers=layers)


@pages.get("/about")
def about_page() -> str:
    """Sources, licences, coverage and known gaps."""
    _refuse_parameters()
    reading = current_reading()
    features = reading.features.values()
    return render_template(
        "about.html",
        coverage=_coverage(reading),
        # Figures belong to an area but have no place of their own.
        bases=Counter(
            (feature.basis, feature.precision)
            for feature in features
            if feature.layer in reading.drawn_layers
        ),
        total=len(reading.features),
        issue_types=_in_order(row.type for row in reading.issues),
        issues=Counter((row.plan, row.type) for row in reading.issues),
    )


def _same_thing(reading: Reading, feature: Feature) -> list[Feature]:
    """Return the same thing in other plans and itself, by period; nothing when it is alone."""
    others = [reading.features[other] for other in feature.related if other in reading.features]
    if not others:
        return []
    return sorted(
        [feature, *others], key=lambda f: (f.period_start, f.period_end, f.plan, f.evidence.start)
    )


def _outside(reading: Reading, feature: Feature) -> str | None:
    """Return the name of the other province on whose ground a point stands, None as a rule.

    Administration and ground may differ: 加格达奇, the seat of 大兴安岭地区, lies in 内蒙古自治区.
    """
    if feature.geometry is None or feature.geometry.geom_type != "Point":
        return None
    point = (feature.geometry.x, feature.geometry.y)
    return current_state().foreign_province(reading.region, point)


def _wider(
    reading: Reading, chosen: Filter, shown: Iterable[str]
) -> list[tuple[PlaceFact, int, dict[str, list[str]]]]:
    """Return the prefectures around chosen counties that have nothing.

    With each: how much it has, and the parameters of the map page that ask for it.
    """
    codes = dict.fromkeys(f"{code[:4]}00" for code in chosen.places if not code.endswith("00"))
    found = []
    for place in reading.facts.places:
        if place.adcode not in codes:
            continue
        around = replace(chosen, places=(place.adcode,))
        count = sum(len(reading.selected(layer, around)) for layer in shown)
        if count:
            arguments: dict[str, list[str]] = {}
            for name, value in around.pairs():
                arguments.setdefault(name, []).append(value)
            found.append((place, count, arguments))
    return found


def _zones_of(reading: Reading, feature: Feature) -> tuple[Zone, ...]:
    """Return the zones that stand for a feature which means many bases; none for any other."""
    if feature not in reading.many_bases:
        return ()
    region = reading.plans[feature.plan].region
    return current_state().zones(region, feature.period_start, feature.period_end)


def _asked_filter(reading: Reading) -> Filter:
    """Return the filter in the address; the fields of a form may be blank."""
    facts = replace(reading.facts, layers=reading.listed_layers)
    allowed = (*PAGE_PARAMETERS, "lang")
    return parse_filter(
        request.args.to_dict(flat=False), facts, allowed=allowed, blank_is_absent=True
    )


def _refuse_parameters() -> None:
    """Refuse every parameter but the language on a page that has no filter."""
    parse_filter(request.args.to_dict(flat=False), current_reading().facts, allowed=("lang",))


def _section(reading: Reading, layer: str, chosen: Filter) -> Section:
    """Return what the list shows of `layer`."""
    found = reading.selected(layer, chosen)
    if layer not in reading.drawn_layers:
        return Section(layer, (), (), found)
    return Section(
        layer=layer,
        located=tuple(feature for feature in found if feature.geometry is not None),
        unlocated=tuple(feature for feature in found if feature.geometry is None),
    )


def _plans_by_period(reading: Reading) -> list[tuple[str, list[str]]]:
    """Return the periods in order, each with the ids of its plans."""
    plans = sorted(reading.plans.values(), key=lambda plan: (plan.period_start, plan.period_end))
    return [
        (period, [plan.id for plan in group])
        for period, group in groupby(plans, key=lambda plan: plan.period)
    ]


def _group_places(places: Sequence[PlaceFact]) -> list[PlaceGroup]:
    """Return prefectures with what lies in them; divisions right under a province stand alone."""
    provinces = [place for place in places if place.adcode.endswith("0000")]
    heads = [place for place in places if place.adcode[2:4] != "00" and place.adcode[4:] == "00"]
    groups = [
        PlaceGroup(
            head,
            tuple(
                place
                for place in places
                if place is not head and is_within(place.adcode, head.adcode)
            ),
        )
        for head in heads
    ]
    grouped = {place.adcode for group in groups for place in group.members}
    others = [place for place in places if place not in (*provinces, *heads)]
    alone = tuple(place for place in others if place.adcode not in grouped)
    return [
        *(PlaceGroup(place, ()) for place in provinces),
        *groups,
        *([PlaceGroup(None, alone)] if alone else []),
    ]


def _numbered_issues(reading: Reading, plan: str) -> list[NumberedIssue]:
    """Return the issues of a plan in the order of its text."""
    rows = sorted((row for row in reading.issues if row.plan == plan), key=lambda row: row.start)
    return [NumberedIssue(f"issue-{number}", row) for number, row in enumerate(rows, start=1)]


def _issues_by_type(issues: Iterable[NumberedIssue]) -> list[tuple[str, list[NumberedIssue]]]:
    """Return the issues by their type, what the source lacks first."""
    found: dict[str, list[NumberedIssue]] = {}
    for issue in issues:
        found.setdefault(issue.row.type, []).append(issue)
    return [(kind, found[kind]) for kind in _in_order(found)]


def _in_order(kinds: Iterable[str]) -> list[str]:
    """Return types of issues once each, in the order of `words.ISSUES`, others behind."""
    given = set(kinds)
    return [*(kind for kind in ISSUES if kind in given), *sorted(given - set(ISSUES))]


def _marked_lines(
    text: str, features: Iterable[Feature], issues: Iterable[NumberedIssue]
) -> list[TextLine]:
    """Return the lines of a plan that are not blank, numbered from 1 as in its file."""
    spans = [Span(feature.evidence.start, feature.evidence.end, feature.id) for feature in features]
    spans += [Span(issue.row.start, issue.row.end, issue.id, is_issue=True) for issue in issues]
    lines: list[TextLine] = []
    offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            lines.append(TextLine(number, tuple(mark_segments(line, offset, spans))))
        offset += len(line) + 1
    return lines


def _coverage(reading: Reading) -> list[Coverage]:
    """Return a row for each plan and layer that has a feature."""
    totals: Counter[tuple[str, str]] = Counter()
    located: Counter[tuple[str, str]] = Counter()
    for feature in reading.features.values():
        key = (feature.plan, feature.layer)
        totals[key] += 1
        located[key] += feature.geometry is not None
    return [
        Coverage(plan, layer, totals[plan, layer], located[plan, layer])
        for plan in reading.plans
        for layer in FEATURE_LAYERS
        if totals[plan, layer]
    ]


def map_parts(state: State, reading: Reading) -> MapParts:
    """Return the parts of the Folium map; they are the same for every request.

    Raises
    ------
    geo.errors.DataMissingError, webmap.errors.AssetMissingError
        The build has not made the boundaries or fetched the front-end files.
    """
    return state.cached(
        ("map-parts", reading.region, request.script_root),
        lambda: build_map(
            state.extent(reading.region),
            state.tiles,
            lambda name: url_for("static", filename=name),
        ),
    )


def _browser_config(reading: Reading) -> dict[str, object]:
    """Return what the page's modules need to know; goes into the page as JSON."""
    tag = current_state().base_tag
    extent = current_state().extent(reading.region)
    return {
        "features": url_for("mapdata.features", v=reading.tag),
        "outlines": {
            level: url_for("mapdata.outlines_of", level=level, v=tag)
            for level in ("province", "prefecture", "county")
        },
        "region": reading.region,
        "extent": [[extent.south, extent.west], [extent.north, extent.east]],
        "structure": [part.id for part in reading.structure.features] if reading.structure else [],
        # What stands before and after the id, which the browser puts between them.
        "featurePage": url_for("pages.feature_page", feature_id=":").split(":"),
        "texts": {
            "count": gettext("{n} features here"),
            "areas": gettext("{n} areas: hover, choose or filter to see one"),
            "back": gettext("Back to the list"),
            "missing": gettext("There is no such feature in this atlas."),
            "offline": gettext("The server does not answer."),
        },
    }
