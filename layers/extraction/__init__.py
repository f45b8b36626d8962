"""What a plan says, as features: one extractor for each kind of thing, all reading one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from layers.extraction.alliances import extract_alliances
from layers.extraction.annex import extract_annex_figures
from layers.extraction.clusters import extract_clusters
from layers.extraction.defects import find_defects
from layers.extraction.drafts import Draft, finish
from layers.extraction.figures import extract_figures
from layers.extraction.focus import extract_focus
from layers.extraction.layout import extract_layout
from layers.extraction.parks import extract_parks
from layers.extraction.projects import extract_projects
from layers.extraction.tools import Reading, Tools, read_tools
from layers.model import Feature, Issue
from layers.plans import Document


@dataclass(frozen=True, slots=True)
class Extraction:
    """The features of one plan, and what could not be read."""

    features: tuple[Feature, ...]
    issues: tuple[Issue, ...]


def extract_features(document: Document, tools: Tools) -> Extraction:
    """Read every layer's features off one plan.

    The order matters in one point: what is a structure of the layout, a cluster or an item of a
    project list is not a park as well, even where it ends with a park's noun.
    """
    reading = Reading(document, tools)
    layout = list(extract_layout(reading))
    clusters = list(extract_clusters(reading))
    projects = list(extract_projects(reading))
    taken = [(d.quote_start, d.quote_end) for d in (*layout, *clusters, *projects)]
    names = frozenset(draft.name for draft in layout)
    parks = [d for d in extract_parks(reading, taken) if d.name not in names]
    read = (*layout, *clusters, *parks, *projects)
    focus = extract_focus(reading, _stretches(reading, read), read)
    figures = (*extract_figures(reading, taken), *extract_annex_figures(reading))
    drafts = (*read, *focus, *figures, *extract_alliances(reading))
    return Extraction(finish(drafts, reading), tuple(find_defects(reading)))


def _stretches(reading: Reading, drafts: Sequence[Draft]) -> list[tuple[int, int]]:
    """The words of drafts, and the whole paragraph of a structure of the layout."""
    found = [(draft.quote_start, draft.quote_end) for draft in drafts]
    heads = {draft.quote_start for draft in drafts if draft.layer == "layout"}
    found.extend(
        (paragraph.start, paragraph.end)
        for paragraph in reading.document.paragraphs
        if any(heading.start in heads for heading in paragraph.section)
    )
    return found


__all__ = ["Extraction", "Tools", "extract_features", "read_tools"]
