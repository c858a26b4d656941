"""Hair by itself: in a comb, in water, strand by strand."""

import math
import random

from PIL import Image

from .kit import Canvas
from .paint import (
    AUBURN,
    BLUSH,
    BROWN,
    CLAY,
    DARK,
    DEEP,
    FOAM,
    INK,
    MIST,
    SAGE,
    SAND,
    SKIN,
    TEAL,
    WHITE,
    Colour,
    Fade,
    dark,
    light,
    mix,
    sheen,
)
from .set import ground
from .shapes import (
    Lay,
    Outline,
    between,
    bezier,
    box,
    moved,
    oval,
    pairs,
    ribbon,
    seeded,
    smooth,
)


def loose(canvas: Canvas, points: Outline, hair: Colour, width: float) -> None:
    """A shed hair: bulb, shadow, and a tip that thins out."""
    line = smooth(points, steps=14)
    canvas.soft(ribbon(line, width), INK, 4, 0.28, (3, 8))
    canvas.fill(ribbon(line, width, width, width * 0.8, width * 0.25), hair)
    canvas.fill(oval(*line[0], width * 0.9, width * 0.9), light(hair, 0.35))


def comb() -> Image.Image:
    """A comb with a few hairs caught, a few beside it."""
    canvas = ground()
    canvas.fill(oval(420, 300, 470), Fade(FOAM, MIST, 60), 0.75)
    canvas.cut(oval(1250, 860, 340), Fade(mix(SAND, BLUSH, 0.4), BLUSH), 10, 0.08)

    def lay(points: Outline) -> Outline:
        return moved(points, 800, 470, 1, -12)

    loops = ((-330, 30, 0), (-180, 60, 1), (40, 20, 2), (170, 70, 0), (300, 40, 1))
    for x, reach, kind in loops:
        _caught(canvas, lay, x, reach, (BROWN, DARK, AUBURN)[kind], behind=True)
    teeth = [box(-478 + i * 25.2, -40, 13, 290, 3, 3, 6.5, 6.5) for i in range(38)]
    for tooth in teeth:
        canvas.soft(lay(tooth), INK, 9, 0.22, (8, 16))
    for tooth in teeth:
        canvas.fill(lay(tooth), Fade(TEAL, DEEP))
    spine = box(-500, -140, 1000, 130, 64, 64, 14, 14)
    canvas.cut(lay(spine), Fade(light(TEAL, 0.08), DEEP, 80), 14, 0.28)
    canvas.fill(lay(box(-440, -118, 880, 14, 7)), WHITE, 0.22)
    for x, reach, kind in loops:
        _caught(canvas, lay, x, reach, (BROWN, DARK, AUBURN)[kind], behind=False)
    loose(canvas, pairs("250 860, 380 800, 520 860, 640 820, 760 880"), DARK, 5)
    loose(
        canvas,
        pairs("980 830, 1100 760, 1230 820, 1190 900, 1100 860"),
        BROWN,
        5,
    )
    loose(canvas, [(1420, 700), (1390, 600), (1450, 500), (1400, 400)], AUBURN, 5)
    return canvas.finish()


def _caught(
    canvas: Canvas, lay: Lay, x: float, reach: float, hair: Colour, behind: bool
) -> None:
    """A hair that weaves between the teeth, half of it behind them."""
    start, end = (x - 90, x + 60) if behind else (x + 60, x + 230)
    middle = (start + end) / 2
    y = 80 + reach
    points = [(start, y), (middle - 20, y + 50), (middle + 30, y - 30), (end, y + 16)]
    if not behind:
        points += [
            (end + 30, y + 110),
            (end - 50, y + 190 + reach),
            (end - 20, y + 290),
        ]
    line = smooth(lay(points), steps=14)
    if not behind:
        canvas.soft(ribbon(line, 5), INK, 4, 0.3, (3, 8))
    canvas.fill(ribbon(line, 4.5, 4.5, 4, 1.5 if not behind else 4), hair)


def shower() -> Image.Image:
    """A drain in pale tiles, water drops, and hair drawn towards it."""
    canvas = ground(FOAM, MIST)
    dice = seeded(12)
    for row in range(4):
        for column in range(6):
            x, y = -70 + column * 300 + (row % 2) * 0, -90 + row * 300
            tint = mix(FOAM, MIST, between(dice, 0.1, 0.75))
            canvas.fill(box(x, y, 290, 290, 12), Fade(light(tint, 0.3), tint, 50))
    cx, cy = 1075, 510
    canvas.soft(oval(cx, cy, 300), WHITE, 70, 0.5)
    _drain(canvas, cx, cy)
    for i in range(12):
        _drawn(canvas, dice, cx, cy, i)
    loose(canvas, pairs("170 560, 300 470, 430 540, 400 650, 310 610"), DARK, 4.5)
    loose(canvas, [(430, 900), (540, 830), (650, 880), (760, 810)], BROWN, 4.5)
    for _ in range(60):
        x, y = between(dice, 20, 1580), between(dice, 20, 980)
        size = 5 + 34 * dice.random() ** 2.6
        if math.hypot(x - cx, y - cy) > 225:
            drop(canvas, x, y, size, dice)
    return canvas.finish()


def drop(canvas: Canvas, x: float, y: float, size: float, dice: random.Random) -> None:
    """A water drop lying on tile, lit from the upper left."""
    ring = [
        (px * between(dice, 0.93, 1.07), py * between(dice, 0.93, 1.07))
        for px, py in oval(0, 0, size * 1.08, size)[::4]
    ]
    shape = moved(smooth(ring, closed=True), x, y)
    canvas.soft(shape, DEEP, max(4, size * 0.25), 0.34, (size * 0.14, size * 0.24))
    canvas.fill(shape, Fade(mix(MIST, SAGE, 0.45), WHITE, 60), 0.9)
    shine = oval(x - size * 0.35, y - size * 0.4, size * 0.24, size * 0.15)
    canvas.fill(shine, (255, 255, 255), 0.95)


def _drain(canvas: Canvas, x: float, y: float) -> None:
    """A round plate with rings of holes."""
    canvas.soft(oval(x, y, 190), INK, 20, 0.3, (6, 12))
    canvas.fill(oval(x, y, 190), Fade(WHITE, dark(CLAY, 0.1), 50))
    canvas.fill(oval(x, y, 172), Fade(dark(SAND, 0.06), WHITE, 50))
    for reach, count in ((0, 1), (48, 6), (94, 12), (138, 18)):
        for i in range(count):
            turn = math.tau * i / count
            spot = (x + reach * math.cos(turn), y + reach * math.sin(turn))
            canvas.fill(oval(*spot, 14), Fade(INK, DEEP))


def _drawn(canvas: Canvas, dice: random.Random, cx: float, cy: float, i: int) -> None:
    """One hair on its way: a loosening spiral from the drain outwards."""
    turn, points = i * 0.52 + between(dice, -0.25, 0.25), []
    reach, grow = between(dice, 100, 150), between(dice, 13, 30)
    for k in range(8):
        points.append((cx + reach * math.cos(turn), cy + reach * 0.96 * math.sin(turn)))
        reach += grow * (0.6 + 0.3 * k)
        turn -= 0.42 - 0.02 * k
    width = between(dice, 3.2, 5)
    line = smooth(points, steps=10)
    canvas.soft(ribbon(line, width), DEEP, 4, 0.3, (3, 6))
    tint = sheen((DARK, BROWN, DARK)[i % 3], between(dice, 0.2, 0.6))
    canvas.fill(ribbon(line, width * 0.5, width, width, width * 0.3), tint)


def thinning_strands() -> Image.Image:
    """Nine hairs out of one strip of skin, each finer than the last."""
    canvas = ground()
    canvas.cut(oval(400, 560, 500), Fade(FOAM, MIST), 14, 0.08)
    rise = smooth(pairs("-20 810, 200 790, 600 806, 1000 792, 1400 806, 1620 796"))
    skin = light(SKIN[1], 0.1)
    canvas.cut(
        [*rise, (1620, 1020), (-20, 1020)], Fade(skin, dark(SKIN[1], 0.12)), 12, 0.25
    )
    for i in range(9):
        x, share = 170 + i * 155, i / 8
        width = 44 * (1 - share) ** 1.35 + 3.5
        y, rx = 842, width * 0.8 + 14
        canvas.fill(oval(x, y, rx, 15), Fade(dark(SKIN[1], 0.42), dark(SKIN[1], 0.2)))
        _strand(canvas, i, x, y + 4, width)
        lip = smooth(
            pairs(
                "-1 0.1, -0.5 0.62, 0 0.5, 0.5 0.62, 1 0.1, 0.7 1.2, 0 1.5, -0.7 1.2"
            ),
            closed=True,
        )
        lip = [(x + px * rx, y + py * 15) for px, py in lip]
        canvas.fill(lip, mix(skin, dark(SKIN[1], 0.12), 0.2))
    return canvas.finish()


def _strand(canvas: Canvas, i: int, x: float, y: float, width: float) -> None:
    """One of the nine, from its root."""
    share = i / 8
    tall, bend = 680 - 350 * share**1.2, 60 + 30 * math.sin(i * 2.1)
    line = bezier(
        (x, y + 4),
        (x - 6, y - tall * 0.45),
        (x + bend * 0.2, y - tall * 0.7),
        (x + bend, y - tall),
        30,
    )
    hair = mix(DARK, light(AUBURN, 0.25), share)
    shape = ribbon(line, width, width, width * 0.94, width * 0.8, width * 0.16)
    canvas.soft(ribbon(line[2:], width), INK, 12, 0.2 - 0.1 * share, (10, 4))
    canvas.fill(shape, Fade(sheen(hair, 0.65), sheen(hair, 0.1), 20))
    lit = [(px - width * 0.2, py) for px, py in line[1:-3]]
    canvas.fill(
        ribbon(lit, width * 0.1, width * 0.14, width * 0.1, 0), sheen(hair, 1), 0.7
    )
