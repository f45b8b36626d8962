"""The tables that extraction reads with, handed to every extractor."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.locate import Locator, locator_for
from geo.resolution import Resolved
from layers.organisations import OrganisationIndex, OrganisationMatch, read_organisations
from layers.plans import Document, Plan
from layers.taxonomy import Taxonomy, read_taxonomy


@dataclass(frozen=True)
class Tools:
    """Gazetteer, taxonomy and organisations; the same for all plans."""

    gazetteer: Gazetteer
    taxonomy: Taxonomy
    organisations: OrganisationIndex


def read_tools() -> Tools:
    """Read the tables of the package."""
    return Tools(load_gazetteer(), read_taxonomy(), OrganisationIndex(read_organisations()))


@dataclass(frozen=True)
class Reading:
    """A document with everything that is recognised in it, once for all extractors.

    Places and organisations are those of the whole text, in order, with its offsets.
    """

    document: Document
    tools: Tools

    @property
    def plan(self) -> Plan:
        """The plan that is read."""
        return self.document.plan

    @cached_property
    def locator(self) -> Locator:
        """The locator with the names of the plan's year."""
        return locator_for(self.plan.year)

    @cached_property
    def places(self) -> Sequence[Resolved]:
        """All places that the text names."""
        return self.locator.resolve(self.document.text, self._province)

    def words_of(self, place: Resolved) -> list[Resolved]:
        """The place itself, or the divisions that a site's name names: 鸡西 of 鸡西石墨产业园."""
        if place.level != "site":
            return [place]
        plain = locator_for(self.plan.year, sites=False).resolve(place.surface, self._province)
        return [word for word in plain if word.level != "province"]

    @cached_property
    def organisations(self) -> Sequence[OrganisationMatch]:
        """All known organisations that the text names and whose seat holds in the plan's years."""
        plan = self.plan
        return [
            match
            for match in self.tools.organisations.find(self.document.text)
            if match.organisation.valid_in(plan.period_start)
            or match.organisation.valid_in(plan.period_end)
        ]

    @property
    def _province(self) -> str:
        """A city's plan speaks of its neighbours too, so short names of its province count."""
        return self.plan.region[:2] + "0000"

    def places_between(self, start: int, end: int) -> list[Resolved]:
        """The places named within `text[start:end]`."""
        first = bisect_left(self.places, start, key=lambda place: place.start)
        last = bisect_left(self.places, end, lo=first, key=lambda place: place.start)
        return [place for place in self.places[first:last] if place.end <= end]

    def organisations_between(self, start: int, end: int) -> list[OrganisationMatch]:
        """The known organisations named within `text[start:end]`, also by an initial short name."""
        first = bisect_left(self.organisations, start, key=lambda match: match.start)
        last = bisect_left(self.organisations, end, lo=first, key=lambda match: match.start)
        found = [match for match in self.organisations[first:last] if match.end <= end]
        initial = self.tools.organisations.find_at(self.document.text, start, end)
        if initial is not None and not any(m.start == start for m in found):
            found.insert(0, initial)
        return found

    def in_region(self, adcode: str) -> bool:
        """Whether a division lies in the plan's region."""
        return self.tools.gazetteer.within(adcode, self.plan.region)
