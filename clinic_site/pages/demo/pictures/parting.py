"""Long hair with a widening middle parting, seen from above."""

import math
import random

from PIL import Image

from .kit import Canvas
from .paint import (
    AUBURN,
    BLACK,
    BLUSH,
    CLAY,
    SAND,
    SKIN,
    TEAL,
    Fade,
    light,
    mix,
    sheen,
)
from .scalp import Head, body, panels
from .shapes import (
    Outline,
    between,
    bezier,
    oval,
    pairs,
    ribbon,
    seeded,
    smooth,
)


def pattern_women() -> Image.Image:
    """Four heads whose middle parting widens."""
    canvas = panels(
        tuple(
            Fade(mix(SAND, BLUSH, i / 5), mix(CLAY, BLUSH, 0.3 + i / 6))
            for i in range(4)
        )
    )
    for stage in range(4):
        head = Head(239 + 374 * stage, 470, 118, 152, SKIN[1], AUBURN, TEAL)
        body(canvas, head)
        parted(canvas, head, (0.012, 0.07, 0.15, 0.25)[stage], 40 + stage)
    return canvas.finish()


def parted(canvas: Canvas, head: Head, gap: float, seed: int) -> None:
    """Long hair combed from a middle parting into a knot at the back."""
    dice = seeded(seed)
    cap = smooth(
        [
            head.at(u, v)
            for u, v in pairs(
                "0 -0.8, 0.45 -0.8, 0.86 -0.5, 1.05 0, 1.04 0.45, 0.8 0.9, "
                "0.3 1.12, -0.3 1.12, -0.8 0.9, -1.04 0.45, -1.05 0, "
                "-0.86 -0.5, -0.45 -0.8"
            )
        ],
        closed=True,
    )
    canvas.soft(cap, BLACK, 14, 0.25, (3, 8))
    canvas.fill(cap, sheen(head.hair, 0.1))
    scalp = [(gap * 1.2 + 0.02) * w for w in (0.5, 1, 0.85, 0.6, 0.1)]
    rows = (-0.8, -0.5, -0.1, 0.25, 0.5)
    right = [head.at(w, v) for w, v in zip(scalp, rows, strict=True)]
    left = [head.at(-w, v) for w, v in zip(scalp, rows, strict=True)]
    canvas.fill(smooth(right) + smooth(left)[::-1], light(head.skin, 0.1))
    for i in range(900):
        place = i / 900
        for side in (-1, 1):
            combed(canvas, head, place, side, gap, dice)
    _thinned(canvas, head, gap, dice)
    knot(canvas, head, dice)


def _thinned(canvas: Canvas, head: Head, gap: float, dice: random.Random) -> None:
    """Scalp that shows through beside the parting, and the fine hair left on it."""

    def share(u: float, v: float) -> float:
        wide = gap * 0.95 * math.sin(math.pi * min(max((v + 0.95) / 1.5, 0), 1)) + 0.004
        return 0.85 * math.exp(-((u / wide) ** 2)) * (1 if -0.78 < v < 0.5 else 0)

    left, top = head.at(-1, -1)
    canvas.veil((left, top, *head.at(1, 1)), share, light(head.skin, 0.1))
    for _ in range(int(gap * 200)):
        v, side = between(dice, -0.7, 0.3), (-1, 1)[dice.random() < 0.5]
        root, reach = between(dice, 0, gap * 0.8), between(dice, 0.05, 0.12)
        points = ((root, v), (root + reach * 0.5, v + 0.015), (root + reach, v + 0.07))
        line = smooth([head.at(side * u, w) for u, w in points], steps=5)
        canvas.fill(_lens(line, 0.9), sheen(head.hair, between(dice, 0.5, 0.9)))


def combed(
    canvas: Canvas, head: Head, place: float, side: int, gap: float, dice: random.Random
) -> None:
    """One strand: from the parting over the side of the head to the knot."""
    v = -0.79 + 1.75 * place + between(dice, -0.02, 0.02)
    wide = gap * math.sin(math.pi * min(max((v + 1.0) / 1.6, 0), 1))
    root = wide + between(dice, -0.2, 0.3) * (wide * 0.8 + 0.01)
    out = (1.16 - gap * 0.5) * (1 - place) ** 0.75 + between(dice, -0.03, 0.03)
    line = bezier(
        head.at(side * root, v),
        head.at(side * (root + out * 0.86), v - 0.08 * (1 - place)),
        head.at(side * (root * 0.3 + out * 1.32), 0.5 + 0.5 * place),
        head.at(side * between(dice, 0.0, 0.14), 1.08),
        12,
    )
    line = [
        (x + 1.6 * math.sin(k * 0.9 + place * 70), y + math.sin(k * 1.1 + place * 50))
        for k, (x, y) in enumerate(line)
    ]
    lock = 0.5 + 0.3 * math.sin(place * 29 + side) + 0.2 * math.sin(place * 83 + side)
    band = math.exp(-(((place - 0.3) / 0.24) ** 2))
    lit = 0.02 + 0.42 * lock + 0.24 * band + 0.36 * dice.random()
    canvas.fill(_lens(line, between(dice, 1.1, 2.4)), sheen(head.hair, lit))


def _lens(line: Outline, width: float) -> Outline:
    """A strand that is fine at both ends."""
    return ribbon(line, 0.6, width * 1.3, 0.6)


def knot(canvas: Canvas, head: Head, dice: random.Random) -> None:
    """The low knot at the back of the head."""
    x, y = head.at(0, 1.1)
    size = head.rx * 0.36
    canvas.cut(oval(x, y, size, size * 0.8), sheen(head.hair, 0.1), 6)
    for i in range(60):
        turn, reach = i * 2.4, size * (1 - i / 66)
        line = [
            (x + reach * math.cos(turn + t), y + reach * 0.8 * math.sin(turn + t))
            for t in (0, 0.35, 0.7, 1.05, 1.4)
        ]
        canvas.fill(_lens(line, 3.5), sheen(head.hair, between(dice, 0.1, 0.8)))
