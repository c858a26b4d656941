"""Outlines as lists of points: the geometry the demo pictures are cut from.

Everything is in picture pixels (before supersampling), y downwards, and depends on
its arguments alone, so that a picture comes out the same everywhere.
"""

import math
import random
import re
from collections.abc import Callable

Point = tuple[float, float]


Outline = list[Point]
Lay = Callable[[Outline], Outline]


def pairs(text: str) -> Outline:
    """Points written as ``"x y, x y"``; long outlines are easier to read so."""
    return [(float(x), float(y)) for x, y in map(str.split, text.split(","))]


def seeded(seed: int) -> random.Random:
    """The same throws on every machine; nothing here is a secret."""
    return random.Random(seed)  # noqa: S311


def between(dice: random.Random, low: float, high: float) -> float:
    """A number from low to high; only ``random()`` itself is stable by promise."""
    return low + (high - low) * dice.random()


def bezier(a: Point, b: Point, c: Point, d: Point, steps: int = 16) -> Outline:
    """A cubic from a to d, both ends included."""
    points = []
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        wa, wb, wc, wd = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        points.append(
            (
                wa * a[0] + wb * b[0] + wc * c[0] + wd * d[0],
                wa * a[1] + wb * b[1] + wc * c[1] + wd * d[1],
            )
        )
    return points


def path(text: str) -> Outline:
    """The absolute M, L, C and Q commands of an SVG path, flattened."""
    points: Outline = []
    for command, numbers in re.findall(r"([MLCQ])([^MLCQ]*)", text):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        pairs = list(zip(values[::2], values[1::2], strict=True))
        if command in "ML":
            points += pairs
        elif command == "C":
            for i in range(0, len(pairs), 3):
                points += bezier(points[-1], *pairs[i : i + 3], steps=24)[1:]
        else:
            for i in range(0, len(pairs), 2):
                points += _quadratic(points[-1], *pairs[i : i + 2])
    return points


def _quadratic(a: Point, b: Point, c: Point) -> Outline:
    """A quadratic as a cubic, without its first point."""
    left = (a[0] + (b[0] - a[0]) * 2 / 3, a[1] + (b[1] - a[1]) * 2 / 3)
    right = (c[0] + (b[0] - c[0]) * 2 / 3, c[1] + (b[1] - c[1]) * 2 / 3)
    return bezier(a, left, right, c, steps=20)[1:]


def smooth(points: Outline, closed: bool = False, steps: int = 12) -> Outline:
    """A Catmull-Rom curve through every point."""
    count = len(points)
    result: Outline = []
    for i in range(count if closed else count - 1):
        if closed:
            p, q = points[i - 1], points[i]
            r, s = points[(i + 1) % count], points[(i + 2) % count]
        else:
            p, q = points[max(i - 1, 0)], points[i]
            r, s = points[i + 1], points[min(i + 2, count - 1)]
        b = (q[0] + (r[0] - p[0]) / 6, q[1] + (r[1] - p[1]) / 6)
        c = (r[0] - (s[0] - q[0]) / 6, r[1] - (s[1] - q[1]) / 6)
        result += bezier(q, b, c, r, steps)[:-1]
    return result if closed else [*result, points[-1]]


def oval(x: float, y: float, rx: float, ry: float | None = None) -> Outline:
    """An ellipse, or a circle when only one radius is given."""
    ry = rx if ry is None else ry
    count = max(24, int((rx + ry) ** 0.5 * 5))
    turns = [2 * math.pi * i / count for i in range(count)]
    return [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns]


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float) -> Outline:
    """Points of an ellipse from one angle to another, in degrees, clockwise."""
    count = max(12, int(abs(end - start) / 4))
    turns = [math.radians(start + (end - start) * i / count) for i in range(count + 1)]
    return [(x + rx * math.cos(t), y + ry * math.sin(t)) for t in turns]


def box(x: float, y: float, w: float, h: float, *radii: float) -> Outline:
    """A rectangle; one radius for all corners or four from top left clockwise."""
    if not radii:
        return [(x, y), (x + w, y), (x + w, y + h), (x, y + h)]
    a, b, c, d = radii if len(radii) == 4 else radii * 4
    return (
        arc(x + a, y + a, a, a, 180, 270)
        + arc(x + w - b, y + b, b, b, 270, 360)
        + arc(x + w - c, y + h - c, c, c, 0, 90)
        + arc(x + d, y + h - d, d, d, 90, 180)
    )


def arch(x: float, y: float, w: float, h: float) -> Outline:
    """A round-headed opening standing on its base line."""
    return [
        *arc(x + w / 2, y + w / 2, w / 2, w / 2, 180, 360),
        (x + w, y + h),
        (x, y + h),
    ]


def moved(
    points: Outline,
    dx: float = 0,
    dy: float = 0,
    scale: float = 1,
    turn: float = 0,
    flip: bool = False,
) -> Outline:
    """Flipped, scaled and turned (degrees) about the origin, then shifted."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    side = -scale if flip else scale
    return [
        (dx + x * side * cos - y * scale * sin, dy + x * side * sin + y * scale * cos)
        for x, y in points
    ]


def ribbon(line: Outline, *widths: float) -> Outline:
    """A line given a body: the widths are spread evenly from its start to its end."""
    last = len(line) - 1
    left, right = [], []
    for i, (x, y) in enumerate(line):
        ax, ay = line[max(i - 1, 0)]
        bx, by = line[min(i + 1, last)]
        length = math.hypot(bx - ax, by - ay) or 1
        place = i / last * (len(widths) - 1)
        k = min(int(place), len(widths) - 2) if len(widths) > 1 else 0
        low, high = widths[k], widths[min(k + 1, len(widths) - 1)]
        half = (low + (high - low) * (place - k)) / 2
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left + right[::-1]


def bounds(points: Outline) -> tuple[float, float, float, float]:
    """Left, top, right, bottom."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
