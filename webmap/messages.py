"""The sentences of `layers` in the language of the page: issues, and what a filter refuses.

Those packages speak English, and so do the interface for programs and the command line. A page
in another language recognises each sentence by its pattern; one that it does not know it shows
as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence with places for values: how it is recognised, and its translatable text."""

    pattern: re.Pattern[str]
    text: LazyString


def _phrase(pattern: str, text: LazyString) -> Phrase:
    return Phrase(re.compile(pattern, re.DOTALL), text)


ISSUE_PHRASES: tuple[Phrase, ...] = (
    _phrase(r"the source masks a part of this name", _l("the source masks a part of this name")),
    _phrase(r"a page number stands inside a word", _l("a page number stands inside a word")),
    _phrase(
        r"a stray number stands where a separator should",
        _l("a stray number stands where a separator should"),
    ),
    _phrase(
        r"(?P<what>.+): (?P<one>[^;]+) \(lines? (?P<here>[\d, ]+)\); "
        r"(?P<other>[^;]+) \(lines? (?P<there>[\d, ]+)\)",
        _l("%(what)s: %(one)s (line %(here)s), but %(other)s (line %(there)s)"),
    ),
    _phrase(
        r"the plan names no place for it, and no table knows where it is",
        _l("the plan names no place for it, and no table knows where it is"),
    ),
    _phrase(
        r"the plan places it in (?P<places>.+) as a whole",
        _l("the plan places it in %(places)s as a whole"),
    ),
    _phrase(
        r"it stands in several places: (?P<places>.+)",
        _l("it stands in several places: %(places)s"),
    ),
    _phrase(
        r"no coordinates are known for (?P<places>.+)",
        _l("no coordinates are known for %(places)s"),
    ),
    _phrase(
        r"the label (?P<label>.+) has no row in industry_terms\.csv",
        _l("the label %(label)s has no row in industry_terms.csv"),
    ),
    _phrase(
        r"no word of its name is in industry_terms\.csv",
        _l("no word of its name is in industry_terms.csv"),
    ),
)

FILTER_PHRASES: tuple[Phrase, ...] = (
    _phrase(
        r"unknown parameter (?P<value>.+?); there are (?P<existing>.+)",
        _l("unknown parameter %(value)s; there are %(existing)s"),
    ),
    _phrase(
        r"place: there is no (?P<value>.+?); give a six-digit code or an official name of today: "
        r"(?P<existing>.+)",
        _l(
            "place: there is no %(value)s; give a six-digit code or an official name of today: "
            "%(existing)s"
        ),
    ),
    _phrase(
        r"place: (?P<value>.+?) is the name of several: (?P<existing>.+)",
        _l("place: %(value)s is the name of several: %(existing)s"),
    ),
    _phrase(
        r"(?P<name>\w+): there is no (?P<value>.+?); there are (?P<existing>.+)",
        _l("%(name)s: there is no %(value)s; there are %(existing)s"),
    ),
    _phrase(
        r"year: no plan reaches (?P<value>\d+); the plans cover (?P<first>\d+) to (?P<last>\d+)",
        _l("year: no plan reaches %(value)s; the plans cover %(first)s to %(last)s"),
    ),
    _phrase(
        r"year: (?P<value>.+) is not a year of four digits",
        _l("year: %(value)s is not a year of four digits"),
    ),
    _phrase(
        r"(?P<name>\w+): (?P<count>\d+) values; at most (?P<most>\d+)",
        _l("%(name)s: %(count)s values; at most %(most)s"),
    ),
    _phrase(
        r"(?P<name>\w+): a value of (?P<count>\d+) characters; at most (?P<most>\d+)",
        _l("%(name)s: a value of %(count)s characters; at most %(most)s"),
    ),
    _phrase(
        r"(?P<name>\w+): (?P<value>.+) holds a control character or a lone surrogate",
        _l("%(name)s: %(value)s holds a control character or a lone surrogate"),
    ),
)

# The names of parameters: the word of the form in other languages, with the name itself.
PARAMETER_NAMES: dict[str, LazyString] = {
    "layer": _l("layer"),
    "industry": _l("industry"),
    "plan": _l("plan"),
    "period": _l("period"),
    "year": _l("year"),
    "place": _l("place"),
    "bbox": _l("bbox"),
    "lang": _l("lang"),
    "q": _l("q"),
}

_MORE = re.compile(r"(?P<shown>.+) and (?P<count>\d+) more", re.DOTALL)


def say_issue(message: str) -> str:
    """Return the message of an issue in the language of the request."""
    return _said(message, ISSUE_PHRASES)


def say_filter_error(message: str) -> str:
    """Return what a filter refuses, and why, in the language of the request."""
    return _said(message, FILTER_PHRASES)


def _said(message: str, phrases: Sequence[Phrase]) -> str:
    for phrase in phrases:
        match = phrase.pattern.fullmatch(message)
        if match:
            values = match.groupdict()
            if "existing" in values:
                values["existing"] = _existing(values["existing"])
            if "name" in values:
                values["name"] = str(PARAMETER_NAMES.get(values["name"], values["name"]))
            return str(phrase.text) % values
    return message


def _existing(listed: str) -> str:
    """Return a list of what exists, which may have been cut."""
    match = _MORE.fullmatch(listed)
    if match is None:
        return listed
    return str(gettext("%(shown)s and %(count)s more", **match.groupdict()))
