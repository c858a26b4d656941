"""Heads seen from above: how short hair lies, where it thins, where it is gone."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from .kit import Canvas
from .paint import (
    DARK,
    DEEP,
    FOAM,
    MIST,
    SAGE,
    SKIN,
    TEAL,
    Colour,
    Fade,
    Glow,
    Paint,
    dark,
    light,
    mix,
    sheen,
)
from .set import ground
from .shapes import (
    Outline,
    Point,
    between,
    box,
    moved,
    oval,
    pairs,
    seeded,
    smooth,
)

Density = Callable[[float, float], float]


@dataclass(frozen=True)
class Head:
    """A head from above, its nose to the top; places on it run from -1 to 1."""

    x: float
    y: float
    rx: float
    ry: float
    skin: Colour
    hair: Colour
    shirt: Colour

    def at(self, u: float, v: float) -> Point:
        return self.x + u * self.rx, self.y + v * self.ry

    def outline(self) -> Outline:
        """Egg-shaped: narrower at the forehead."""
        ring = pairs(
            "0 -1.0, 0.42 -0.9, 0.76 -0.62, 0.94 -0.2, 0.99 0.2, "
            "0.86 0.58, 0.54 0.87, 0 0.99"
        )
        left = [(-u, v) for u, v in ring[-2:0:-1]]
        return smooth([self.at(u, v) for u, v in (*ring, *left)], closed=True)


def body(canvas: Canvas, head: Head) -> None:
    """Shoulders, nose, ears and bare scalp."""
    rx, ry = head.rx, head.ry
    shoulders = pairs(
        "-1.34 0.62, -1.1 0.16, -0.5 0.0, 0.5 0.0, 1.1 0.16, "
        "1.34 0.62, 1.14 1.02, 0.5 1.2, -0.5 1.2, -1.14 1.02"
    )
    cloth = smooth([head.at(u, v) for u, v in shoulders], closed=True)
    canvas.cut(cloth, Fade(light(head.shirt, 0.12), dark(head.shirt, 0.2), 80), 12)
    nose = pairs("-0.14 -0.94, -0.1 -1.03, 0 -1.1, 0.1 -1.03, 0.14 -0.94")
    canvas.fill(smooth([head.at(u, v) for u, v in nose]), dark(head.skin, 0.08))
    for side in (-1, 1):
        ear = moved(
            oval(0, 0, rx * 0.1, ry * 0.17), *head.at(side, 0.06), turn=side * 14
        )
        canvas.cut(ear, dark(head.skin, 0.1), 5)
    canvas.soft(head.outline(), dark(head.shirt, 0.9), rx * 0.12, 0.45, (5, rx * 0.09))
    glow = Glow(light(head.skin, 0.28), dark(head.skin, 0.14), (0.42, 0.36), 0.72)
    canvas.fill(head.outline(), glow)


def tone(hair: Colour, angle: float, reach: float, dice: random.Random) -> Colour:
    """Locks by angle, a soft band of light by distance, and a little chance."""
    lock = 0.5 + 0.3 * math.sin(angle * 9 + reach * 4) + 0.2 * math.sin(angle * 23)
    band = math.exp(-(((reach - 0.55) / 0.2) ** 2))
    lit = 0.22 + 0.24 * lock + 0.4 * band * (0.6 - 0.4 * math.sin(angle + 0.6))
    return sheen(hair, lit + 0.3 * (dice.random() - 0.5))


def cropped(
    canvas: Canvas, head: Head, density: Density, count: int, length: float, seed: int
) -> None:
    """Short hair turning out of the crown, as dense as the density says."""
    dice = seeded(seed)
    x, y = head.x, head.y
    frame = (x - head.rx, y - head.ry, x + head.rx, y + head.ry)
    strands = []
    for _ in range(count):
        angle, reach = between(dice, 0, math.tau), dice.random() ** 0.5
        u, v = reach * math.cos(angle), reach * math.sin(angle)
        if dice.random() < density(u, v) * 1.1 - 0.05:
            strands.append((math.hypot(u - 0.06, v - 0.4), u, v))
    with canvas.within(head.outline()):
        canvas.veil(frame, lambda u, v: density(u, v) ** 4, sheen(head.hair, 0.15))
    for reach, u, v in sorted(strands, reverse=True):
        angle = math.atan2(v - 0.4, u - 0.06)
        thin = 0.55 + 0.45 * density(u, v)
        turn = angle + 0.75 * math.exp(-reach * 1.2) + between(dice, -0.16, 0.16)
        size = length * between(dice, 0.7, 1.2) * (0.6 + 0.4 * min(reach * 2, 1)) * thin
        size *= 1 - 0.72 * math.hypot(u, v) ** 5
        a = head.at(u, v)
        b = (a[0] + size * 0.5 * math.cos(turn), a[1] + size * 0.5 * math.sin(turn))
        turn += 0.35
        c = (b[0] + size * 0.5 * math.cos(turn), b[1] + size * 0.5 * math.sin(turn))
        colour = tone(head.hair, angle, reach, dice)
        wide = length * 0.11 * thin
        canvas.fill(
            [(a[0] - wide / 2, a[1]), b, c, (b[0] + wide, b[1] + wide * 0.4)], colour
        )


def step(value: float, width: float) -> float:
    """A soft step from 0 to 1 around zero."""
    return 1 / (1 + math.exp(-max(min(value / width, 40), -40)))


def receding(stage: int) -> Density:
    """The usual course in men: temples first, then the crown, then both together."""
    front, temple, crown, spread = (
        (-0.78, 0.04, 0.0, 0.3),
        (-0.70, 0.34, 0.55, 0.16),
        (-0.58, 0.62, 0.9, 0.26),
        (0.1, 0.5, 1.0, 0.52),
    )[stage]

    def density(u: float, v: float) -> float:
        corner = temple * math.exp(-(((abs(u) - 0.52) / 0.24) ** 2))
        edge = front + corner + 0.22 * u * u + 0.03 * math.sin(u * 31)
        bald = crown * step(spread - math.hypot(u - 0.02, v - 0.36), 0.07)
        sides = step(abs(u) - 0.8, 0.03) * step(v + 0.42, 0.05)
        return max(step(v - edge, 0.035) * (1 - bald), sides)

    return density


def panels(paints: tuple[Paint, ...]) -> Canvas:
    """Four tall rounded windows side by side."""
    canvas = ground()
    for i, paint in enumerate(paints):
        canvas.cut(box(62 + 374 * i, 180, 354, 640, 177), paint, 14, 0.1)
    return canvas


def pattern_men() -> Image.Image:
    """Four heads, from a full hairline to a bare top."""
    canvas = panels(
        tuple(Fade(mix(FOAM, MIST, i / 4), mix(MIST, SAGE, i / 5)) for i in range(4))
    )
    for stage in range(4):
        head = Head(
            239 + 374 * stage, 490, 122, 156, SKIN[2], DARK, mix(TEAL, DEEP, stage / 3)
        )
        body(canvas, head)
        cropped(canvas, head, receding(stage), 3600, 23, 7 + stage)
    return canvas.finish()


def patch() -> Image.Image:
    """One round smooth place in thick hair."""
    canvas = ground()
    canvas.cut(oval(800, 520, 640), Fade(FOAM, MIST, 60), 20, 0.1)
    head = Head(800, 520, 300, 378, SKIN[1], DARK, TEAL)
    body(canvas, head)

    def density(u: float, v: float) -> float:
        wobble = 0.012 * math.sin(5 * math.atan2(v + 0.12, u - 0.34))
        hole = step(math.hypot((u - 0.34) * 0.9, v + 0.12) - 0.25 + wobble, 0.014)
        return hole * step(v + 0.78 - 0.2 * u * u, 0.02)

    cropped(canvas, head, density, 9000, 40, 3)
    return canvas.finish()
