"""What a plan says, as features: one extractor for each kind of thing, all reading one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.extraction.anchors import extract_anchors
from layers.extraction.annex import extract_annex_figures
from layers.extraction.annex_lists import extract_annex_lists
from layers.extraction.clusters import extract_clusters
from layers.extraction.contradictions import contradictions
from layers.extraction.defects import find_defects
from layers.extraction.drafts import Draft, finish
from layers.extraction.figures import extract_figures
from layers.extraction.focus import extract_focus, focus_of_spread
from layers.extraction.layout import extract_layout
from layers.extraction.parks import extract_parks
from layers.extraction.projects import extract_projects
from layers.extraction.tools import Reading, Tools, read_tools
from layers.extraction.works import extract_works
from layers.model import Feature, Issue
from layers.plans import Document


@dataclass(frozen=True, slots=True)
class Extraction:
    """The features of one plan, and what could not be read."""

    features: tuple[Feature, ...]
    issues: tuple[Issue, ...]


def extract_features(document: Document, tools: Tools) -> Extraction:
    """Read every layer's features off one plan.

    The order matters: what is a structure of the layout, a cluster or an item of a project list
    is not a park as well, even where it ends with a park's noun, and a statement of focus is one
    that names none of them.
    """
    reading = Reading(document, tools)
    layout = list(extract_layout(reading))
    clusters = list(extract_clusters(reading))
    projects = list(extract_projects(reading))
    projects += extract_works(reading, _words((*layout, *clusters, *projects)))
    names = {draft.name for draft in layout}
    taken = _words((*layout, *clusters, *projects))
    parks = [park for park in extract_parks(reading, taken) if park.name not in names]
    read = (*layout, *clusters, *parks, *projects)
    drafts = (
        *read,
        *extract_focus(reading, _words(read), read),
        *extract_anchors(reading),
        *focus_of_spread(projects),
        *extract_figures(reading, taken),
        *extract_annex_figures(reading),
        *extract_annex_lists(reading),
    )
    features = finish(drafts, reading)
    return Extraction(features, (*find_defects(reading), *contradictions(features)))


def _words(drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    return [(draft.quote_start, draft.quote_end) for draft in drafts]


__all__ = ["Extraction", "Tools", "extract_features", "read_tools"]
