"""The demo site's pictures, drawn when they are needed instead of being stored.

Nothing is random, dated or lettered: a name gives the same pixels every time.
"""

from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image

from .bank import branch_bank
from .braids import braids
from .lab import microscope, syringe, tube_sample
from .parting import pattern_women
from .plate import plate
from .portraits import person
from .profile import light_cap
from .rooms import consultation, home
from .scalp import patch, pattern_men
from .skin import follicle_section, growth_cycle
from .strands import comb, shower, thinning_strands
from .streets import branch_victoria
from .things import bottle, calendar, capsules

_DRAWINGS: dict[str, Callable[[], Image.Image]] = {
    "follicle-section": follicle_section,
    "growth-cycle": growth_cycle,
    "pattern-men": pattern_men,
    "pattern-women": pattern_women,
    "patch": patch,
    "syringe": syringe,
    "capsules": capsules,
    "comb": comb,
    "shower": shower,
    "braids": braids,
    "light-cap": light_cap,
    "tube-sample": tube_sample,
    "microscope": microscope,
    "calendar": calendar,
    "plate": plate,
    "bottle": bottle,
    "consultation": consultation,
    "thinning-strands": thinning_strands,
    "home": home,
    **{f"person-{number}": partial(person, number) for number in range(1, 6)},
    "branch-victoria": branch_victoria,
    "branch-bank": branch_bank,
}
NAMES: tuple[str, ...] = tuple(_DRAWINGS)


def draw(name: str) -> Image.Image:
    """A new RGB picture: people 1000 by 1000, all others 1600 by 1000.

    Takes about a second of processor time; an unknown name is a KeyError.
    """
    return _DRAWINGS[name]()


def jpeg(name: str) -> bytes:
    """The picture as a progressive JPEG without metadata."""
    file = BytesIO()
    draw(name).save(file, "JPEG", quality=88, progressive=True, optimize=True)
    return file.getvalue()
