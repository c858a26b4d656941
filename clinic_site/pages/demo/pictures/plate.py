"""A meal, seen from above."""

import math
import random

from PIL import Image

from .kit import Canvas
from .paint import (
    BROWN,
    CLAY,
    DEEP,
    FOAM,
    INK,
    IVORY,
    MIST,
    SAGE,
    SAND,
    TEAL,
    TERRA,
    WHITE,
    Fade,
    Glow,
    dark,
    light,
    mix,
    shade,
)
from .set import ground
from .shapes import (
    Outline,
    between,
    box,
    moved,
    oval,
    pairs,
    ribbon,
    seeded,
    smooth,
)

YOLK, LENTIL, LEAF, AMBER = map(shade, ("e9a23b", "8a5a36", "4f8a5b", "a9562f"))


def plate() -> Image.Image:
    """Lentils, greens and eggs, seen from above."""
    canvas = ground(FOAM, MIST)
    canvas.cut(
        moved(box(-420, -330, 840, 660, 14), 800, 510, 1, -8),
        Fade(light(SAND), CLAY, 40),
        16,
        0.16,
    )
    for x, turn in ((318, -3), (1282, 3)):
        _cutlery(canvas, x, turn)
    canvas.soft(oval(800, 500, 370), INK, 34, 0.35, (14, 34))
    canvas.fill(oval(800, 500, 370), Fade(WHITE, SAND, 60))
    canvas.fill(oval(800, 500, 290), Fade(SAND, WHITE, 60))
    canvas.fill(oval(800, 500, 284), Fade(IVORY, WHITE, 60))
    dice = seeded(4)
    _greens(canvas, dice)
    _lentils(canvas, dice)
    for x, y, turn in ((860, 372, 20), (985, 480, 70)):
        _egg(canvas, x, y, turn)
    for x, y, size in ((905, 640, 42), (975, 605, 36), (840, 690, 34)):
        canvas.soft(oval(x, y, size), INK, 8, 0.35, (4, 9))
        canvas.fill(
            oval(x, y, size),
            Glow(light(TERRA, 0.3), dark(TERRA, 0.15), (0.35, 0.3), 0.7),
        )
        canvas.fill(
            oval(x - size * 0.35, y - size * 0.4, size * 0.18, size * 0.12), WHITE, 0.7
        )
    return canvas.finish()


def _greens(canvas: Canvas, dice: random.Random) -> None:
    """Leaves fanned over the left of the plate."""
    leaf = smooth(
        pairs("0 0, 0.3 -0.24, 0.7 -0.27, 1.0 0.02, 0.7 0.26, 0.3 0.22"),
        closed=True,
    )
    for i in range(30):
        x, y = between(dice, 640, 800), between(dice, 330, 480)
        turn = math.degrees(math.atan2(y - 520, x - 830)) + between(dice, -30, 30)
        size = between(dice, 90, 150)
        tint = mix(LEAF, (DEEP, SAGE, TEAL)[i % 3], between(dice, 0.1, 0.6))
        canvas.cut(
            moved(leaf, x, y, size, turn), Fade(light(tint, 0.16), tint, turn), 4, 0.2
        )
        canvas.fill(
            ribbon(moved([(0.05, 0), (0.92, 0.01)], x, y, size, turn), 3, 1), FOAM, 0.6
        )


def _lentils(canvas: Canvas, dice: random.Random) -> None:
    """A heap, higher in its middle."""
    canvas.soft(oval(745, 600, 165, 125), INK, 16, 0.3, (4, 8))
    canvas.fill(oval(745, 600, 160, 120), dark(LENTIL, 0.3))
    for i in range(620):
        turn, reach = (
            between(dice, 0, math.tau),
            (1 - i / 700) * (0.75 + 0.35 * dice.random()),
        )
        x, y = 745 + 165 * reach * math.cos(turn), 600 + 122 * reach * math.sin(turn)
        tint = mix(LENTIL, (TERRA, BROWN, CLAY)[i % 3], between(dice, 0, 0.45))
        ring = moved(oval(0, 0, 13, 10)[::2], x, y, 1, between(dice, 0, 180))
        canvas.fill([(px + 1.5, py + 3) for px, py in ring], dark(LENTIL, 0.55))
        canvas.fill(ring, light(tint, 0.1))
        canvas.fill(oval(x - 2, y - 3, 5, 3)[::3], light(tint, 0.4))


def _egg(canvas: Canvas, x: float, y: float, turn: float) -> None:
    """Half an egg, boiled to the middle."""
    ring = moved(
        smooth(
            pairs("0 -86, 52 -44, 64 20, 38 70, 0 82, -38 70, -64 20, -52 -44"),
            closed=True,
        ),
        x,
        y,
        1,
        turn,
    )
    canvas.soft(ring, INK, 10, 0.35, (5, 11))
    canvas.fill(ring, Fade((255, 255, 252), SAND, 70))
    yolk = moved([(0, 14)], x, y, 1, turn)[0]
    canvas.fill(oval(*yolk, 39), Glow(light(YOLK, 0.3), YOLK, (0.4, 0.35), 0.7))
    canvas.fill(oval(yolk[0] - 12, yolk[1] - 14, 10, 7), WHITE, 0.5)


def _cutlery(canvas: Canvas, x: float, turn: float) -> None:
    """A fork on the left, a knife on the right."""

    def lay(points: Outline) -> Outline:
        return moved(points, x, 500, 1, turn)

    steel = Fade(WHITE, dark(CLAY, 0.2), 0)
    pieces = [box(-11, -40, 22, 330, 11)]
    if x < 800:
        pieces.append(box(-36, -190, 72, 130, 4, 4, 36, 36))
        pieces += [box(-36 + i * 20.5, -290, 11, 120, 5) for i in range(4)]
        pieces.append(box(-9, -70, 18, 60))
    else:
        pieces.append(
            smooth(
                pairs("-12 -30, -16 -180, -10 -280, 12 -300, 20 -200, 12 -30"),
                closed=True,
            )
        )
    for piece in pieces:
        canvas.soft(lay(piece), INK, 8, 0.25, (5, 10))
    for piece in pieces:
        canvas.fill(lay(piece), steel)
