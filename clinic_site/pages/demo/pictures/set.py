"""What several pictures share: the ground, a table, a sprig, a pot."""

import math

from .kit import WIDE, Canvas
from .paint import DEEP, INK, IVORY, SAND, Colour, Fade, Paint
from .shapes import Outline, box, moved, oval, pairs, ribbon, smooth


def ground(top: Colour = IVORY, bottom: Colour = SAND) -> Canvas:
    """The paper that all wide pictures start from."""
    return Canvas(WIDE, Fade(top, bottom, 70))


def table(line: float, wall: Paint, top: Paint) -> Canvas:
    """A wall and the table or floor in front of it."""
    canvas = ground()
    canvas.fill(box(-2, -2, 1604, line + 4), wall)
    canvas.soft(box(-50, line - 4, 1700, 20), INK, 16, 0.16)
    canvas.fill(box(-2, line, 1604, 1002 - line), top)
    return canvas


def stand(
    canvas: Canvas, x: float, y: float, reach: float, opacity: float = 0.35
) -> None:
    """The shadow under something that stands on the table."""
    canvas.soft(oval(x + reach * 0.16, y, reach, reach * 0.13), INK, 16, opacity)


def sprig(
    canvas: Canvas, stem: Outline, size: float, paint: Paint, count: int = 7
) -> None:
    """A stalk with paired leaves that shrink towards its tip."""
    canvas.fill(ribbon(stem, size * 0.09, size * 0.03), DEEP)
    for i in range(count):
        at = int((i + 1.2) / (count + 0.4) * (len(stem) - 2))
        (x0, y0), (x1, y1) = stem[at], stem[at + 1]
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
        grow = size * (1.05 - 0.55 * i / count)
        leaf = smooth(
            pairs("0 0, 0.4 -0.2, 0.8 -0.16, 1.15 0, 0.8 0.15, 0.4 0.18"),
            closed=True,
        )
        for side in (-1, 1):
            blade = moved(leaf, x0, y0, grow, turn + side * (46 - i))
            canvas.cut(blade, paint, 4, 0.12)
            rib = moved([(0.05, 0), (1.0, 0)], x0, y0, grow, turn + side * (46 - i))
            canvas.fill(ribbon(rib, 2.4, 0.6), IVORY, 0.4)


def pot(canvas: Canvas, x: float, y: float, size: float, paint: Paint) -> None:
    """A plain tapered pot standing at y."""
    canvas.soft(oval(x + size * 0.1, y, size * 0.62, size * 0.09), INK, 12, 0.35)
    sides = pairs("-0.5 -0.95, 0.5 -0.95, 0.38 -0.06, 0.3 0, -0.3 0, -0.38 -0.06")
    canvas.fill([(x + u * size, y + v * size) for u, v in sides], paint)
    canvas.fill(
        box(x - size * 0.55, y - size * 1.05, size * 1.1, size * 0.18, 6), paint
    )
