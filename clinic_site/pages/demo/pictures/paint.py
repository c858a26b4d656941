"""The palette of the demo pictures, and the gradients mixed from it."""

import math
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from .shapes import seeded

Colour = tuple[int, int, int]


SIDE = 48


def shade(text: str) -> Colour:
    """A colour from its six hexadecimal digits."""
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


DEEP, TEAL, SAGE, MIST = map(shade, ("0f4c47", "1f6f66", "6aa396", "a9cfc4"))


FOAM, IVORY, SAND, CLAY = map(shade, ("dfe9e1", "f6f1e7", "eadfcb", "d9c6a8"))


TERRA, BLUSH, INK, WHITE = map(shade, ("c8643c", "e6b399", "1d2b2a", "fdfbf6"))


SKIN = tuple(map(shade, ("f1d2b9", "dfaf8b", "c08a63", "8c5a3e", "5f3d2c")))


BLACK, DARK, BROWN, AUBURN, GREY = map(
    shade, ("211d1e", "3a2a23", "5b3d2b", "8a4527", "a3a39e")
)


def mix(a: Colour, b: Colour, t: float) -> Colour:
    """A colour part of the way from a to b."""
    t = min(max(t, 0.0), 1.0)
    return tuple(round(p + (q - p) * t) for p, q in zip(a, b, strict=True))


def dark(colour: Colour, t: float = 0.2) -> Colour:
    """Towards ink, as in shade."""
    return mix(colour, INK, t)


def ruddy(skin: Colour, t: float = 0.3) -> Colour:
    """Skin in shade: towards a warm brown, as ink would make it look grey."""
    return mix(skin, (74, 34, 26), t)


def light(colour: Colour, t: float = 0.2) -> Colour:
    """Towards warm white, as in light."""
    return mix(colour, (255, 250, 240), t)


def sheen(hair: Colour, t: float) -> Colour:
    """A hair colour from its own shadow at 0 to a warm light at 1."""
    if t < 0.4:
        return mix(mix(hair, (12, 14, 18), 0.45), hair, t / 0.4)
    shine = (226, 176, 132) if sum(hair) < 360 else (255, 253, 248)
    return mix(hair, mix(hair, shine, 0.55), (t - 0.4) / 0.6)


@dataclass(frozen=True)
class Fade:
    """A straight gradient over the shape's box; 0 is left to right, 90 downwards."""

    start: Colour
    end: Colour
    angle: float = 90


@dataclass(frozen=True)
class Glow:
    """A round gradient; centre and reach are shares of the shape's box."""

    inner: Colour
    outer: Colour
    centre: tuple[float, float] = (0.4, 0.35)
    reach: float = 0.8


Paint = Colour | Fade | Glow


def _share(paint: Fade | Glow, u: float, v: float) -> float:
    """How far the gradient has run at a place in the unit square."""
    if isinstance(paint, Glow):
        return math.hypot(u - paint.centre[0], v - paint.centre[1]) / paint.reach
    turn = math.radians(paint.angle)
    cos, sin = math.cos(turn), math.sin(turn)
    reach = abs(cos) + abs(sin)
    return ((u - 0.5) * cos + (v - 0.5) * sin) / reach + 0.5


@lru_cache(maxsize=256)
def _course(paint: Fade | Glow) -> Image.Image:
    """How far the gradient has run, as grey, whatever its colours are."""
    places = [i / (SIDE - 1) for i in range(SIDE)]
    course = Image.new("L", (SIDE, SIDE))
    course.putdata(
        [
            round(255 * min(max(_share(paint, u, v), 0), 1))
            for v in places
            for u in places
        ]
    )
    return course


def sheet(paint: Fade | Glow) -> Image.Image:
    """The gradient, SIDE by SIDE; the canvas stretches it."""
    if isinstance(paint, Fade):
        ends = paint.start, paint.end
        course = _course(Fade(INK, INK, round(paint.angle / 5) * 5))
    else:
        ends = paint.inner, paint.outer
        course = _course(Glow(INK, INK, paint.centre, paint.reach))
    start, end = (Image.new("RGB", (SIDE, SIDE), colour) for colour in ends)
    return Image.composite(end, start, course)


@lru_cache(maxsize=2)
def grain(size: tuple[int, int]) -> Image.Image:
    """A faint paper tooth: enough to hide banding, too little to be noticed."""
    dice = seeded(20)
    side = 317
    tile = Image.new("L", (side, side))
    tile.putdata([int(126 + dice.random() * 5) for _ in range(side * side)])
    whole = Image.new("L", size)
    for x in range(0, size[0], side):
        for y in range(0, size[1], side):
            whole.paste(tile, (x, y))
    return Image.merge("RGB", (whole, whole, whole))
