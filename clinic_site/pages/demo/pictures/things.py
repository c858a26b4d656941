"""Bottles, capsules and a calendar."""

from PIL import Image

from .kit import Canvas
from .paint import (
    BLUSH,
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
    dark,
    light,
    mix,
)
from .plate import AMBER
from .set import ground, sprig, stand, table
from .shapes import (
    Outline,
    arch,
    bezier,
    box,
    moved,
    oval,
    pairs,
    ribbon,
    smooth,
)


def capsule(canvas: Canvas, x: float, y: float, turn: float, size: float) -> None:
    """Half terracotta, half ivory."""

    def lay(points: Outline) -> Outline:
        return moved(points, x, y, size, turn)

    canvas.soft(lay(box(-60, -24, 120, 48, 24)), INK, 9, 0.4, (5, 13))
    canvas.fill(lay(box(-60, -24, 120, 48, 24)), Fade(WHITE, CLAY, 80))
    canvas.fill(
        lay(box(-60, -25, 66, 50, 25, 4, 4, 25)),
        Fade(light(TERRA, 0.1), dark(TERRA, 0.2), 80),
    )
    canvas.fill(lay(box(-44, -17, 88, 9, 4)), (255, 255, 255), 0.5)


def capsules() -> Image.Image:
    """A supplement bottle, capsules spilt before it."""
    canvas = table(640, Fade(IVORY, SAND), Fade(FOAM, MIST))
    canvas.cut(oval(1010, 430, 330), Fade(mix(SAND, BLUSH, 0.5), BLUSH), 12, 0.1)
    sprig(
        canvas,
        bezier((1190, 690), (1230, 560), (1200, 380), (1290, 200)),
        120,
        Fade(SAGE, TEAL, 30),
    )
    stand(canvas, 860, 796, 220)
    canvas.fill(
        box(650, 300, 400, 500, 90, 90, 46, 46), Fade(mix(TEAL, SAGE, 0.35), DEEP, 10)
    )
    canvas.fill(box(672, 350, 30, 400, 15), WHITE, 0.28)
    canvas.fill(box(650, 440, 400, 250), Fade(WHITE, SAND, 0))
    canvas.fill(box(650, 440, 400, 14), TERRA)
    canvas.fill(oval(850, 560, 62), Fade(FOAM, MIST))
    sprig(canvas, bezier((850, 612), (846, 580), (852, 550), (850, 528)), 38, TEAL, 3)
    canvas.cut(box(690, 200, 320, 118, 30, 30, 12, 12), Fade(WHITE, CLAY, 0), 8)
    for i in range(22):
        canvas.fill(box(702 + i * 14, 220, 5, 88, 2), dark(CLAY, 0.12), 0.7)
    spilt = (
        (330, 810, 18),
        (470, 720, -32),
        (520, 870, 64),
        (245, 690, -70),
        (680, 890, -12),
        (390, 915, -6),
        (1130, 850, 24),
        (1010, 920, -40),
    )
    for x, y, turn in spilt:
        capsule(canvas, x, y, turn, 1.05)
    return canvas.finish()


def bottle() -> Image.Image:
    """A dropper bottle beside a shampoo bottle."""
    canvas = table(690, Fade(IVORY, SAND), Fade(mix(SAND, CLAY, 0.5), CLAY))
    canvas.cut(arch(470, 70, 660, 620), Fade(FOAM, MIST), 14, 0.12)
    sprig(
        canvas,
        bezier((470, 760), (430, 560), (470, 380), (350, 210)),
        150,
        Fade(SAGE, DEEP, 30),
    )
    canvas.cut(oval(800, 800, 440, 92), Fade(WHITE, SAND, 30), 16, 0.2)
    canvas.fill(oval(800, 788, 440, 90), Fade(IVORY, SAND, 30))
    stand(canvas, 945, 790, 150)
    _pump(canvas)
    stand(canvas, 650, 812, 130)
    _dropper(canvas)
    return canvas.finish()


def _pump(canvas: Canvas) -> None:
    """The taller bottle."""
    canvas.fill(box(928, 210, 24, 120), Fade(WHITE, CLAY, 0))
    head = smooth(
        pairs("820 196, 850 170, 950 168, 984 182, 980 214, 900 212, 846 214, 824 226"),
        closed=True,
    )
    canvas.cut(head, Fade(light(TEAL), DEEP, 60), 5)
    canvas.cut(box(886, 296, 108, 62, 14, 14, 4, 4), Fade(TEAL, DEEP, 0), 5)
    canvas.fill(
        box(800, 350, 280, 444, 70, 70, 30, 30), Fade(light(SAGE, 0.25), TEAL, 8)
    )
    canvas.fill(box(822, 400, 24, 360, 12), WHITE, 0.35)
    canvas.fill(box(846, 470, 190, 210, 18), Fade(WHITE, IVORY))
    canvas.fill(oval(941, 546, 36), Fade(BLUSH, TERRA))
    for i, wide in enumerate((120, 80)):
        canvas.fill(box(941 - wide / 2, 612 + i * 24, wide, 8, 4), SAGE, 0.8)


def _dropper(canvas: Canvas) -> None:
    """The smaller bottle of brown glass."""
    canvas.cut(
        smooth(pairs("622 330, 630 268, 650 254, 670 268, 678 330")),
        Fade(light(INK, 0.2), INK, 10),
        4,
    )
    canvas.cut(box(600, 326, 100, 84, 10), Fade(WHITE, CLAY, 0), 5)
    for i in range(7):
        canvas.fill(box(611 + i * 13, 338, 4, 62, 2), dark(CLAY, 0.14), 0.7)
    canvas.fill(
        box(540, 408, 220, 404, 64, 64, 28, 28),
        Fade(light(AMBER, 0.15), dark(AMBER, 0.35), 8),
    )
    canvas.fill(box(643, 410, 14, 300, 6), light(AMBER, 0.35), 0.5)
    canvas.fill(box(558, 452, 20, 330, 10), WHITE, 0.3)
    canvas.fill(box(578, 540, 160, 180, 14), Fade(WHITE, SAND, 20))
    drop = smooth([(658, 574), (684, 622), (658, 652), (632, 622)], closed=True)
    canvas.fill(drop, Fade(SAGE, TEAL))
    canvas.fill(box(618, 676, 80, 8, 4), SAGE, 0.8)


def calendar() -> Image.Image:
    """Three months of dots; the marked ones are what was done."""
    canvas = ground()
    canvas.fill(oval(1290, 760, 420), Fade(FOAM, MIST), 0.8)
    sprig(
        canvas,
        bezier((1450, 1000), (1440, 800), (1500, 620), (1420, 420)),
        150,
        Fade(SAGE, DEEP, 30),
    )
    canvas.soft(box(240, 190, 1080, 640, 24), INK, 40, 0.2, (16, 40))
    canvas.cut(box(248, 206, 1080, 640, 20), SAND, 4, 0.1)
    canvas.cut(box(240, 190, 1080, 640, 20), Fade(WHITE, IVORY), 6, 0.12)
    canvas.fill(box(240, 190, 1080, 130, 20, 20, 0.1, 0.1), Fade(TEAL, DEEP, 0))
    for i in range(14):
        x = 306 + i * 73
        canvas.fill(oval(x, 222, 11), dark(DEEP, 0.5))
        canvas.fill(
            ribbon(bezier((x, 222), (x - 20, 180), (x - 8, 146), (x + 4, 160)), 8), CLAY
        )
    for month in range(3):
        _month(canvas, 300 + month * 346, month)
    return canvas.finish()


def _month(canvas: Canvas, x: float, month: int) -> None:
    """Five weeks, a little later into the week each month."""
    canvas.fill(box(x + 2, 264, (96, 120, 84)[month], 16, 8), MIST)
    start, days = (1, 4, 6)[month], (31, 30, 31)[month]
    for day in range(days):
        cell = day + start
        cx, cy = x + 16 + cell % 7 * 41, 400 + cell // 7 * 70
        if (
            (month == 1 and day == 14)
            or (month == 0 and day == 2)
            or (month == 2 and day == 24)
        ):
            canvas.soft(oval(cx, cy, 20), TERRA, 8, 0.35, (2, 5))
            canvas.fill(oval(cx, cy, 20), Fade(light(TERRA, 0.15), TERRA))
            tick = [(cx - 8, cy), (cx - 2, cy + 7), (cx + 9, cy - 7)]
            canvas.fill(ribbon(tick, 4), WHITE)
        elif (day + month * 31) % 3 == 0 and not (month == 2 and day > 24):
            canvas.fill(oval(cx, cy, 15), Fade(SAGE, TEAL))
        else:
            canvas.fill(oval(cx, cy, 13), mix(FOAM, SAND, 0.5))
