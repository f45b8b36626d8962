"""The alliances of annex tables, under their former name; `annex_lists` reads them."""

from __future__ import annotations

from layers.extraction.annex_lists import extract_alliances

__all__ = ["extract_alliances"]
