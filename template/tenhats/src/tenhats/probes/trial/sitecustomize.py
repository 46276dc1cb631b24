"""Python runs this when it starts, so that what holds for the tests holds for the programs that they start.

Where the environment has a `sitecustomize` of its own, it is run as well.
"""

# mypy: ignore-errors
import os
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

import tenhats_instead
import tenhats_switch

_HERE = os.path.dirname(os.path.abspath(__file__))
_theirs = PathFinder.find_spec(
    "sitecustomize", [place for place in sys.path if os.path.abspath(place) != _HERE]
)
if _theirs and _theirs.loader:
    _theirs.loader.exec_module(module_from_spec(_theirs))

tenhats_switch.install()
tenhats_instead.install()
tenhats_switch.SWITCH.off = os.environ.get(tenhats_switch.OFF, "")
