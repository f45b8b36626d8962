"""Drafts become features: ids, order, evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.extraction.drafts import Draft, finish, slug_of
from layers.extraction.labels import Label
from layers.extraction.placing import Location
from layers.extraction.tools import Reading, read_tools
from layers.model import Basis, Evidence, Precision, Review
from layers.plans import Document, Plan

PLAN = Plan(
    id="test-2016",
    file="test.txt",
    title="test",
    period_start=2016,
    period_end=2020,
    region="230000",
)


def reading_of(text: str) -> Reading:
    return Reading(Document(PLAN, text), read_tools())


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("哈尔滨市农机产业园", "哈尔滨市农机产业园"),
        ("农垦（松花江农场）农机产业园", "农垦-松花江农场-农机产业园"),
        ("哈牡***国际物流园", "哈牡-国际物流园"),
        ("“三梅”葡萄酒", "三梅-葡萄酒"),
        ("2.5万吨双酚A", "2.5万吨双酚A"),
        ("C++软件_园", "C++软件-园"),
        ("连续重整--加氢裂化", "连续重整-加氢裂化"),
        ("“”", "x"),
        ("", "x"),
    ],
)
def test_slug(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@given(st.text(alphabet=st.characters(exclude_characters="_")))
def test_a_slug_has_no_separator_of_ids_and_is_stable(name: str) -> None:
    slug = slug_of(name)
    assert slug
    assert not set(slug) & set(":;/ ?#\n_（）、，")
    assert slug_of(slug) == slug


TEXT = "甲园、乙园(北区)。\n甲园，乙厂。"


def test_repeated_names_are_numbered_in_the_order_of_the_text() -> None:
    drafts = [
        Draft("parks", "甲园", 12, 14),
        Draft("parks", "甲园", 0, 2),
        Draft("projects", "甲园", 15, 17),
        Draft("parks", "甲-园", 3, 5),
    ]
    found = finish(drafts, reading_of(TEXT))
    assert [(f.id, f.evidence.start) for f in found] == [
        ("test-2016:parks:甲园", 0),
        ("test-2016:parks:甲-园", 3),
        ("test-2016:parks:甲园-2", 12),
        ("test-2016:projects:甲园", 15),
    ]


def test_ids_do_not_depend_on_the_order_of_the_drafts() -> None:
    drafts = [Draft("parks", "甲园", 12, 14), Draft("parks", "甲园", 0, 2)]
    reading = reading_of(TEXT)
    assert finish(drafts, reading) == finish(reversed(drafts), reading)


def test_a_feature_has_everything_that_its_draft_knows() -> None:
    location = Location(("230113",), ("双城",), Basis.TEXT, Precision.COUNTY)
    draft = Draft(
        "parks", "乙园", 3, 9, location, Label("农机", ("equipment",)), {"level": "national"}
    )
    (feature,) = finish([draft], reading_of(TEXT))
    assert feature.evidence == Evidence("test.txt", 1, 3, 9, "乙园(北区)")  # as in the file
    assert (feature.plan, feature.period) == ("test-2016", "2016-2020")
    assert feature.place_names == ("哈尔滨市/双城区",)
    assert (feature.places, feature.places_as_written) == (("230113",), ("双城",))
    assert (feature.basis, feature.precision) == (Basis.TEXT, Precision.COUNTY)
    assert (feature.industry_label, feature.industries) == ("农机", ("equipment",))
    assert (feature.level, feature.enterprise) == ("national", None)
    assert feature.review is Review.AUTO
    assert feature.related == ()
    assert feature.geometry is None


def test_a_draft_without_location_is_a_feature_too() -> None:
    (feature,) = finish([Draft("parks", "甲园", 0, 2)], reading_of(TEXT))
    assert (feature.places, feature.basis, feature.precision) == (
        (),
        Basis.UNKNOWN,
        Precision.NONE,
    )
