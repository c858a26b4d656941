"""Skin cut open: layers and follicles, as an anatomy plate of cut paper."""

import math
import random
from dataclasses import dataclass

from PIL import Image

from .kit import Canvas
from .paint import (
    BROWN,
    DARK,
    DEEP,
    FOAM,
    IVORY,
    MIST,
    SAGE,
    SAND,
    TEAL,
    TERRA,
    Colour,
    Fade,
    Glow,
    dark,
    light,
    mix,
    shade,
    sheen,
)
from .set import ground
from .shapes import (
    Outline,
    arc,
    between,
    bezier,
    moved,
    oval,
    pairs,
    ribbon,
    seeded,
    smooth,
)

HORN, EPIDERMIS, DERMIS, DEEP_DERMIS, FAT = map(
    shade, ("c98560", "dd9f7c", "f3d3bd", "e8b498", "f0dab0")
)


SHEATH, INNER, GLAND, MUSCLE = map(shade, ("c9795a", "efc3a4", "e9c27e", "b4543a"))


def wave(y: float, height: float, length: float, phase: float = 0) -> Outline:
    """A rolling line across the whole picture."""
    return [
        (x, y + height * math.sin(x / length + phase) + height * 0.4 * math.sin(x / 61))
        for x in range(-20, 1641, 12)
    ]


def under(line: Outline) -> Outline:
    """Everything below a line."""
    return [*line, (1660, 1060), (-60, 1060)]


def layers(canvas: Canvas, surface: float, fat: float) -> None:
    """Horn layer, epidermis, dermis and fat, from the top down."""
    canvas.cut(under(wave(surface, 5, 90)), HORN, 12, 0.16)
    canvas.fill(under(wave(surface + 13, 5, 90)), Fade(light(EPIDERMIS), EPIDERMIS))
    ridges = [(x, y + 12 * math.sin(x / 17)) for x, y in wave(surface + 62, 5, 90)]
    canvas.cut(under(smooth(ridges, steps=3)), Fade(DERMIS, DEEP_DERMIS), 6, 0.22)
    dice = seeded(5)
    for _ in range(46):
        x, y = between(dice, 0, 1600), between(dice, surface + 120, fat - 20)
        fibre = [(x + d, y + 7 * math.sin(d / 30 + x)) for d in range(0, 150, 10)]
        canvas.fill(ribbon(fibre, 0, 5, 0), light(DERMIS, 0.4), 0.5)
    edge = wave(fat, 16, 120, 1)
    canvas.cut(under(edge), Fade(FAT, dark(FAT, 0.1)), 9, 0.2)
    with canvas.within(under([(x, y + 14) for x, y in edge])):
        lobules(canvas, fat + 40, dice)


def lobules(canvas: Canvas, top: float, dice: random.Random) -> None:
    """Rounded fat cells, closely packed."""
    for row in range(4):
        for column in range(16):
            x = column * 110 + (row % 2) * 55 - 20 + between(dice, -14, 14)
            y = top + row * 88 + between(dice, -10, 10)
            ring = [
                (between(dice, 0.86, 1.05) * px, between(dice, 0.86, 1.0) * py)
                for px, py in oval(0, 0, 52, 42)[::4]
            ]
            cell = moved(smooth(ring, closed=True), x, y)
            canvas.fill(cell, Glow(light(FAT, 0.6), FAT, (0.4, 0.3), 0.8))


def follicle(canvas: Canvas, axis: Outline, size: float, bulb: float) -> None:
    """Sheaths, bulb and papilla along an axis that runs from the surface down."""
    last = axis[-1]
    outer = ribbon(axis, *[size * w for w in (1.5, 1.0, 0.94, 0.9, 0.9, 1.0, 1.25)])
    canvas.soft(outer, dark(MUSCLE, 0.4), 14, 0.28, (5, 8))
    round_end = moved(oval(0, 0, size * bulb, size * bulb * 1.12), *last)
    canvas.soft(round_end, dark(MUSCLE, 0.4), 14, 0.3, (5, 9))
    canvas.fill(round_end, Fade(SHEATH, dark(SHEATH, 0.18), 30))
    canvas.fill(outer, Fade(mix(SHEATH, EPIDERMIS, 0.6), SHEATH))
    inside = oval(
        last[0], last[1] + size * 0.02, size * bulb * 0.74, size * bulb * 0.84
    )
    canvas.fill(
        ribbon(axis, *[size * w for w in (1.1, 0.62, 0.58, 0.56, 0.58, 0.7, 0.9)]),
        INNER,
    )
    canvas.fill(inside, Fade(INNER, light(INNER, 0.3)))


def papilla(canvas: Canvas, x: float, y: float, size: float, turn: float = 0) -> None:
    """The onion-shaped papilla with its vessels, in the family's green."""
    for side in (-1, 1):
        vessel = bezier(
            (x + side * size * 0.12, y + size * 0.6),
            (x + side * size * 0.2, y + size * 1.4),
            (x + side * size * 0.4, y + size * 2.2),
            (x + side * size * 1.8, y + size * 3.8),
        )
        colour = TERRA if side < 0 else TEAL
        canvas.fill(ribbon(vessel, size * 0.22, size * 0.24, size * 0.3), colour)
    half = ((0, -1.0), (0.5, -0.2), (0.52, 0.5), (0.2, 0.98))
    drop = smooth([*half, *[(-u, v) for u, v in half[:0:-1]]], closed=True)
    canvas.cut(moved(drop, x, y, size, turn), Fade(SAGE, DEEP), 4, 0.3)


def matrix(canvas: Canvas, x: float, y: float, size: float, turn: float = 0) -> None:
    """The dark cells that cap the papilla and become the hair."""
    half = pairs(
        "0.3 -1.75, 0.42 -1.2, 0.86 -0.3, 0.92 0.35, 0.62 0.3, 0.4 -0.3, 0 -0.7"
    )
    bell = smooth([*half, *[(-u, v) for u, v in half[-2::-1]]], closed=True)
    canvas.fill(moved(bell, x, y, size, turn), Fade(DARK, BROWN))


def shaft(canvas: Canvas, line: Outline, *widths: float, hair: Colour = DARK) -> None:
    """A hair, with a thread of light along it."""
    canvas.fill(ribbon(line, *widths), hair)
    slim = [w * 0.22 for w in widths]
    lit = [(x - widths[len(widths) // 2] * 0.16, y) for x, y in line]
    canvas.fill(ribbon(lit, *slim), sheen(hair, 0.85))


def gland(canvas: Canvas, x: float, y: float, size: float, flip: bool) -> None:
    """The sebaceous gland: a small bunch of grapes with a neck."""
    side = -1 if flip else 1
    neck = bezier(
        (x - side * 70 * size, y - 40 * size),
        (x - side * 40 * size, y - 30 * size),
        (x - side * 20 * size, y),
        (x, y),
    )
    canvas.fill(ribbon(neck, 16 * size, 34 * size), dark(GLAND, 0.08))
    grapes = (
        (-8, -24, 30),
        (34, -30, 30),
        (62, 4, 30),
        (44, 42, 33),
        (6, 44, 34),
        (-16, 12, 28),
        (24, 6, 36),
    )
    for dx, dy, radius in grapes:
        ball = oval(x + side * dx * size, y + dy * size, radius * size)
        canvas.cut(ball, Glow(light(GLAND, 0.55), dark(GLAND, 0.05)), 4, 0.16)


def follicle_section() -> Image.Image:
    """One follicle in full, two neighbours further back."""
    canvas = ground(FOAM, IVORY)
    canvas.fill(oval(1180, 300, 420), Fade(MIST, FOAM, 90), 0.7)
    surface = 330
    for x, tall in ((330, 0.8), (1320, 0.9)):
        hair = bezier((x + 120, -40), (x + 100, 130), (x + 16, 200), (x, surface + 20))
        canvas.fill(ribbon(hair, 5, 9, 12), mix(BROWN, SAND, 0.35 * tall))
    layers(canvas, surface, 780)
    for x in (330, 1320):
        line = bezier((x, surface), (x - 16, 450), (x - 30, 560), (x - 40, 640))
        pale = mix(SHEATH, DEEP_DERMIS, 0.55)
        with canvas.within(under(wave(surface, 5, 90))):
            canvas.fill(ribbon(line, 74, 40, 38, 40, 60), pale)
            canvas.fill(oval(x - 40, 650, 40, 44), pale)
            hair = mix(BROWN, DEEP_DERMIS, 0.4)
            canvas.fill(ribbon(line, 12, 13, 14, 15, 26), hair)
            canvas.fill(oval(x - 40, 642, 13, 16), hair)
    _hero(canvas, surface)
    return canvas.finish()


def _hero(canvas: Canvas, surface: float) -> None:
    """The follicle the section is about."""
    axis = bezier((870, surface + 4), (848, 480), (800, 640), (770, 790), 40)
    muscle = bezier((1160, surface + 66), (1080, 440), (960, 560), (832, 640))
    canvas.soft(ribbon(muscle, 26), MUSCLE, 12, 0.35, (3, 8))
    canvas.fill(ribbon(muscle, 14, 34, 40, 30), Fade(light(MUSCLE, 0.15), MUSCLE, 140))
    for shift in (-7, 0, 7):
        fibre = [(x + shift * 0.4, y + shift) for x, y in muscle]
        canvas.fill(ribbon(fibre, 1, 2.4, 2.4, 1), light(MUSCLE, 0.45), 0.6)
    gland(canvas, 960, 500, 1.15, flip=False)
    with canvas.within(under(wave(surface, 5, 90))):
        follicle(canvas, axis, 104, 0.82)
    top = bezier((1040, -60), (1000, 40), (906, 100), (870, surface + 4), 30)
    shaft(canvas, top + axis[1:38], 20, 28, 32, 34, 34, 36, 40)
    matrix(canvas, 763, 826, 52, 10)
    papilla(canvas, 762, 834, 44, 10)


@dataclass(frozen=True)
class Phase:
    """A follicle of the cycle: how deep it ends, how wide it and its hair are."""

    x: float
    end: float
    size: float
    bulb: float
    hair: float
    tall: float
    growing: bool = False


PHASES = (
    Phase(400, 810, 76, 0.86, 26, 350, growing=True),
    Phase(800, 690, 66, 0.62, 20, 300),
    Phase(1200, 610, 60, 0.6, 15, 230),
)


def growth_cycle() -> Image.Image:
    """Growing, changing and resting, and round again."""
    canvas = ground()
    canvas.cut(oval(800, 560, 520), Fade(FOAM, MIST, 90), 16, 0.1)
    _turning(canvas)
    layers(canvas, 470, 860)
    _arrow(canvas, arc(800, 400, 560, 530, 52, 126), TEAL)
    for phase in PHASES:
        _phase(canvas, phase, 470)
    return canvas.finish()


def _phase(canvas: Canvas, phase: Phase, top: float) -> None:
    """One follicle of the cycle, and its papilla left behind as it shortens."""
    x, end, low = phase.x, phase.end, phase.x - 8
    axis = bezier((x, top + 4), (x, top + 60), (low, end - 60), (low, end), 30)
    if not phase.growing:
        cord = bezier((low, end), (low - 2, end + 30), (low + 2, end + 60), (low, 800))
        canvas.fill(ribbon(cord, phase.size * 0.5, 10, 4), SHEATH, 0.6)
    with canvas.within(under(wave(top, 5, 90))):
        follicle(canvas, axis, phase.size, phase.bulb)
    if phase.growing:
        matrix(canvas, low, end + 26, 38)
        papilla(canvas, low, end + 26, 32)
    else:
        papilla(canvas, low, end + phase.size * 0.95, 20)
    tip = (x + 60, top - phase.tall)
    free = bezier(
        tip, (x + 40, top - phase.tall * 0.6), (x, top - 90), (x, top + 4), 30
    )
    wide = phase.hair
    shaft(canvas, free + axis[1:28], 2, wide * 0.6, wide * 0.9, wide, wide, wide, wide)
    if not phase.growing:
        canvas.fill(oval(*axis[27], wide * 0.85, wide * 0.95), DARK)


def _turning(canvas: Canvas) -> None:
    """Three arrows that lead over the surface from one phase to the next."""
    for start, end in ((224, 256), (285, 322)):
        _arrow(canvas, arc(800, 560, 440, 420, start, end), TEAL)


def _arrow(canvas: Canvas, line: Outline, colour: Colour) -> None:
    """A bowed arrow with a plain head."""
    canvas.line(line, 7, colour)
    (x0, y0), (x1, y1) = line[-3], line[-1]
    turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
    canvas.fill(moved([(-10, -19), (26, 0), (-10, 19)], x1, y1, turn=turn), colour)
