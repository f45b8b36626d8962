"""What a plan says, as features: one extractor for each kind of thing, all reading one text."""

from __future__ import annotations

from dataclasses import dataclass

from layers.extraction.drafts import finish
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
    """Read every layer's features off one plan."""
    reading = Reading(document, tools)
    drafts = list(extract_projects(reading))
    return Extraction(finish(drafts, reading), ())


__all__ = ["Extraction", "Tools", "extract_features", "read_tools"]
