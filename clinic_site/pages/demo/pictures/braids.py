"""Braids from behind."""

import math

from PIL import Image

from .kit import Canvas
from .paint import (
    BLACK,
    BLUSH,
    CLAY,
    DEEP,
    INK,
    SAND,
    SKIN,
    TEAL,
    TERRA,
    Colour,
    Fade,
    Glow,
    dark,
    light,
    mix,
    sheen,
)
from .set import ground
from .shapes import Outline, bezier, moved, oval, pairs, ribbon, smooth


def plait(
    canvas: Canvas, line: Outline, sizes: tuple[float, float], hair: Colour
) -> None:
    """A three-strand braid along a line, drawn from its end upwards."""
    start, end = sizes
    length = sum(math.dist(a, b) for a, b in zip(line, line[1:], strict=False))
    canvas.fill(ribbon(line, start * 0.8, end * 0.8), sheen(hair, 0.05))
    petal = smooth(
        pairs("-0.1 -0.55, 0.5 -0.42, 0.62 0.15, 0.1 0.75, -0.22 0.5"),
        closed=True,
    )
    count = int(length / (start + end) * 4.6)
    for i in range(count, -1, -1):
        place = i / count * (len(line) - 1)
        k = min(int(place), len(line) - 2)
        (x0, y0), (x1, y1) = line[k], line[k + 1]
        x, y = x0 + (x1 - x0) * (place - k), y0 + (y1 - y0) * (place - k)
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0)) - 90
        size = start + (end - start) * i / count
        blade = moved(petal, x, y, size * 0.86, turn, flip=i % 2 == 0)
        paint = Fade(sheen(hair, 0.85), sheen(hair, 0.15), 60 if i % 2 else 120)
        canvas.fill(blade, paint)


def braids() -> Image.Image:
    """Tight braids from behind, drawn together at the nape."""
    canvas = ground(mix(SAND, BLUSH, 0.25), mix(CLAY, BLUSH, 0.5))
    canvas.cut(oval(800, 470, 430), Fade(light(BLUSH, 0.2), TERRA, 60), 16, 0.12)
    skin = SKIN[4]
    _shoulders(canvas, skin)
    head = smooth(
        pairs(
            "800 110, 950 142, 1022 280, 1022 420, 975 550, 880 650, "
            "800 672, 720 650, 625 550, 578 420, 578 280, 650 142"
        ),
        closed=True,
    )
    canvas.soft(head, INK, 20, 0.3, (6, 14))
    canvas.fill(head, Glow(light(skin, 0.1), dark(skin, 0.2), (0.45, 0.4), 0.7))
    with canvas.within(head):
        for k in sorted(range(-4, 5), key=abs, reverse=True):
            plait(canvas, _row(k), (46, 30), BLACK)
    for k in sorted(range(-4, 5), key=abs, reverse=True):
        plait(canvas, _tail(k), (36, 24), BLACK)
    band = smooth(
        pairs("690 640, 800 672, 910 640, 914 668, 800 702, 686 668"),
        closed=True,
    )
    canvas.cut(band, Fade(light(TERRA, 0.15), dark(TERRA, 0.15)), 6)
    return canvas.finish()


def _shoulders(canvas: Canvas, skin: Colour) -> None:
    """Back, neck and ears, below and beside the braids."""
    back = smooth(
        pairs(
            "250 1040, 300 900, 450 800, 640 752, 800 742, 960 752, "
            "1150 800, 1300 900, 1350 1040"
        )
    )
    neck = pairs("690 560, 694 700, 640 770, 800 830, 960 770, 906 700, 910 560")
    canvas.fill(smooth(neck, closed=True), Fade(dark(skin, 0.25), skin))
    canvas.cut(back, Fade(light(TEAL, 0.1), DEEP, 60), 14, 0.25)
    scoop = smooth(
        pairs("620 755, 700 800, 800 818, 900 800, 980 755, 800 720"),
        closed=True,
    )
    canvas.fill(scoop, Fade(dark(skin, 0.1), skin))
    for side in (-1, 1):
        ear = moved(oval(0, 0, 26, 52), 800 + side * 222, 430, 1, side * 10)
        canvas.cut(ear, Fade(light(skin, 0.1), dark(skin, 0.1)), 6)
        canvas.fill(oval(800 + side * 224, 494, 10), light(CLAY, 0.4))


def _row(k: int) -> Outline:
    """A braid on the head: along a meridian from the top to the nape."""
    share = k / 4.75
    return bezier(
        (800 + 120 * share, 96),
        (800 + 318 * share, 200),
        (800 + 300 * share, 480),
        (800 + 24 * k, 664),
        40,
    )


def _tail(k: int) -> Outline:
    """Where it hangs free."""
    return bezier(
        (800 + 20 * k, 660),
        (800 + 22 * k, 760),
        (800 + 38 * k, 860),
        (800 + 48 * k, 1050),
        24,
    )
