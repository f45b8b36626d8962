"""`python -m geo.compile NODE_MODULES`: make `geo/built/` by hand."""

from __future__ import annotations

import sys
from pathlib import Path

from geo.compile import compile_geodata
from geo.gazetteer import BUILT

if len(sys.argv) != 2:
    sys.exit("usage: python -m geo.compile NODE_MODULES")
compile_geodata(Path(sys.argv[1]), BUILT)
