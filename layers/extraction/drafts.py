"""A feature in the making, and how drafts become features with ids and evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from layers.extraction.labels import UNLABELLED, Label
from layers.extraction.placing import NOWHERE, Location
from layers.extraction.tools import Reading
from layers.model import Evidence, Feature

_SLUG_DROPS = re.compile(r"[^\w.+]+")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an extractor found: `quote_start` and `quote_end` are offsets into the plan's text."""

    layer: str
    name: str
    quote_start: int
    quote_end: int
    location: Location = NOWHERE
    label: Label = UNLABELLED
    more: dict[str, Any] = field(default_factory=dict)


def slug_of(name: str) -> str:
    """Write a name as part of an id: letters, digits, Han characters, the rest as one hyphen."""
    return _SLUG_DROPS.sub("-", name).strip("-").replace("_", "-") or "x"


def finish(drafts: Iterable[Draft], reading: Reading) -> tuple[Feature, ...]:
    """Drafts as features, in the order of the text; a repeated name gets `-2`, `-3` and so on."""
    seen: Counter[tuple[str, str]] = Counter()
    features = []
    for draft in sorted(drafts, key=lambda d: (d.layer, d.quote_start, d.quote_end)):
        slug = slug_of(draft.name)
        seen[draft.layer, slug] += 1
        number = seen[draft.layer, slug]
        suffix = f"-{number}" if number > 1 else ""
        features.append(_feature(draft, f"{reading.plan.id}:{draft.layer}:{slug}{suffix}", reading))
    return tuple(features)


def _feature(draft: Draft, feature_id: str, reading: Reading) -> Feature:
    plan, document, where = reading.plan, reading.document, draft.location
    return Feature(
        id=feature_id,
        layer=draft.layer,
        plan=plan.id,
        period_start=plan.period_start,
        period_end=plan.period_end,
        name=draft.name,
        evidence=Evidence(
            plan.file,
            document.line_of(draft.quote_start),
            draft.quote_start,
            draft.quote_end,
            document.source[draft.quote_start : draft.quote_end],
        ),
        industry_label=draft.label.text,
        industries=draft.label.codes,
        places=where.places,
        place_names=tuple(reading.tools.gazetteer.path(code) for code in where.places),
        places_as_written=where.as_written,
        basis=where.basis,
        precision=where.precision,
        **draft.more,
    )
