"""Instruments and samples, laid on a table."""

import math

from PIL import Image

from .kit import Canvas
from .paint import (
    BLACK,
    CLAY,
    DEEP,
    FOAM,
    INK,
    IVORY,
    MIST,
    SAGE,
    SAND,
    SKIN,
    TEAL,
    TERRA,
    WHITE,
    Colour,
    Fade,
    Glow,
    dark,
    light,
    mix,
    shade,
    sheen,
)
from .set import ground, stand, table
from .shapes import (
    Lay,
    Outline,
    arc,
    arch,
    between,
    bezier,
    box,
    moved,
    oval,
    pairs,
    ribbon,
    seeded,
)

STRAW, BLOOD, STEEL = map(shade, ("ecc987", "9c3b2f", "c9d3d0"))


def syringe() -> Image.Image:
    """A syringe and a vial, seen from above."""
    canvas = ground()
    canvas.cut(box(200, 170, 1200, 660, 120), Fade(FOAM, MIST, 60), 18, 0.14)
    canvas.fill(oval(1170, 480, 230), WHITE, 0.35)
    _vial(canvas, 1180, 500)
    _barrel(canvas, lambda points: moved(points, 620, 560, 0.9, -24))
    return canvas.finish()


def _barrel(canvas: Canvas, lay: Lay) -> None:
    """The syringe along its own axis, laid where the caller says."""
    whole = lay(box(-540, -46, 760, 92, 10))
    canvas.soft(whole, INK, 22, 0.28, (10, 26))
    canvas.fill(lay(box(-520, -15, 480, 30)), Fade(WHITE, dark(SAND, 0.12), 80))
    canvas.cut(lay(box(-544, -74, 26, 148, 12)), Fade(WHITE, CLAY, 80), 8)
    canvas.fill(lay(box(-250, -48, 425, 96, 16)), WHITE, 0.55)
    canvas.fill(lay(box(-24, -42, 194, 84, 8)), Fade(light(STRAW, 0.3), STRAW, 70))
    canvas.fill(lay(box(-66, -44, 44, 88, 8)), Fade(TEAL, DEEP, 80))
    canvas.fill(lay(box(-58, -44, 6, 88)), DEEP)
    canvas.fill(lay(box(-38, -44, 6, 88)), DEEP)
    canvas.fill(lay(box(-240, -36, 405, 16, 8)), WHITE, 0.75)
    for i in range(16):
        tall = 30 if i % 4 == 0 else 17
        canvas.fill(lay(box(-210 + i * 23, 46 - tall, 3, tall)), DEEP, 0.75)
    canvas.cut(lay(box(-276, -92, 28, 184, 12)), Fade(WHITE, CLAY, 80), 8)
    canvas.fill(
        lay(pairs("174 -30, 200 -15, 230 -13, 230 13, 200 15, 174 30")),
        Fade(WHITE, CLAY, 80),
    )
    canvas.cut(
        lay([(222, -22), (296, -11), (296, 11), (222, 22)]),
        Fade(TERRA, dark(TERRA), 80),
        6,
    )
    needle = lay(ribbon([(296, 0), (400, 0), (520, 0)], 6, 5, 1))
    canvas.soft(needle, INK, 5, 0.4, (5, 16))
    canvas.fill(needle, dark(STEEL, 0.25))


def _vial(canvas: Canvas, x: float, y: float) -> None:
    """A small glass vial with a plain label, lying on its back."""

    def lay(points: Outline) -> Outline:
        return moved(points, x, y, 1.12, 12)

    canvas.soft(lay(box(-88, -200, 176, 400, 30)), INK, 20, 0.3, (12, 24))
    canvas.fill(lay(box(-86, -110, 172, 310, 44, 44, 26, 26)), Fade(WHITE, STEEL, 10))
    canvas.fill(
        lay(box(-76, -20, 152, 210, 8, 8, 20, 20)), Fade(light(STRAW, 0.4), STRAW, 20)
    )
    canvas.fill(lay(box(-46, -150, 92, 62)), Fade(WHITE, STEEL, 10))
    canvas.cut(lay(box(-60, -190, 120, 56, 8)), Fade(STEEL, dark(STEEL, 0.25), 10), 5)
    canvas.fill(
        lay(box(-58, -212, 116, 34, 12, 12, 4, 4)), Fade(TERRA, dark(TERRA), 20)
    )
    canvas.fill(lay(box(-86, 0, 172, 130)), Fade(WHITE, SAND, 10))
    canvas.fill(lay(box(-86, 0, 172, 18)), TEAL)
    for i, wide in enumerate((96, 120, 70)):
        canvas.fill(lay(box(-62, 44 + i * 24, wide, 8, 4)), SAGE, 0.7)
    canvas.fill(lay(box(-70, -84, 14, 262, 7)), (255, 255, 255), 0.6)


def tube_sample() -> Image.Image:
    """Three tubes in a rack; what was spun lies in layers."""
    canvas = table(700, Fade(IVORY, SAND), Fade(mix(CLAY, SAND, 0.4), CLAY))
    canvas.cut(arch(430, 90, 740, 610), Fade(FOAM, MIST), 14, 0.12)
    stand(canvas, 770, 850, 400)
    canvas.cut(box(420, 380, 760, 40, 14), Fade(light(TEAL, 0.12), DEEP), 8)
    for x, cap, cells in ((580, TERRA, 150), (800, TEAL, 190), (1020, DEEP, 120)):
        _tube(canvas, x, cap, cells)
    rack = box(400, 700, 800, 150, 26)
    canvas.cut(rack, Fade(TEAL, DEEP), 12, 0.3)
    canvas.fill(box(400, 700, 800, 16, 8), light(TEAL, 0.25), 0.6)
    canvas.cut(box(420, 380, 760, 34, 14), Fade(light(TEAL, 0.1), DEEP, 90), 8)
    for x in (432, 1136):
        canvas.fill(box(x, 400, 32, 310), Fade(TEAL, DEEP, 20))
    return canvas.finish()


def _tube(canvas: Canvas, x: float, cap: Colour, cells: float) -> None:
    """Plasma above, a thin pale layer, red cells below."""
    glass = box(x - 52, 250, 104, 560, 10, 10, 52, 52)
    canvas.soft(glass, INK, 16, 0.25, (12, 10))
    canvas.fill(glass, Fade(WHITE, FOAM, 0))
    with canvas.within(box(x - 44, 260, 88, 542, 4, 4, 44, 44)):
        border = 620 - cells
        canvas.fill(box(x - 44, 350, 88, 470), Fade(light(STRAW, 0.25), STRAW, 20))
        canvas.fill(oval(x, 350, 44, 9), light(STRAW, 0.55))
        canvas.fill(
            box(x - 44, border + 60, 88, 400),
            Fade(light(BLOOD, 0.1), dark(BLOOD, 0.3), 20),
        )
        canvas.fill(box(x - 44, border + 48, 88, 20), WHITE)
        canvas.fill(oval(x, border + 48, 44, 8), light(STRAW, 0.7))
    canvas.fill(box(x - 38, 290, 13, 470, 6), (255, 255, 255), 0.55)
    canvas.fill(box(x + 30, 290, 5, 400, 2), (255, 255, 255), 0.4)
    canvas.cut(
        box(x - 60, 196, 120, 86, 18, 18, 8, 8),
        Fade(light(cap, 0.15), dark(cap, 0.15), 20),
        6,
    )
    for i in range(7):
        canvas.fill(box(x - 48 + i * 16, 214, 4, 58, 2), dark(cap, 0.25), 0.6)


def microscope() -> Image.Image:
    """A hand lens on the scalp, and what it shows."""
    canvas = ground()
    dome = oval(380, 1120, 640, 470)
    canvas.cut(dome, Fade(SKIN[3], dark(SKIN[3], 0.2)), 18)
    _stubble(canvas)
    x, y, radius = 1120, 480, 330
    beam = [(512, 628), (x - 60, y - radius + 6), (x - 60, y + radius - 6), (560, 690)]
    canvas.fill(beam, Fade(MIST, FOAM, 0), 0.55)
    _lens(canvas)
    canvas.cut(oval(x, y, radius + 26), Fade(WHITE, SAND, 60), 22, 0.24)
    canvas.fill(oval(x, y, radius + 8), Fade(DEEP, TEAL, 60))
    with canvas.within(oval(x, y, radius)):
        _magnified(canvas, x, y, radius)
    return canvas.finish()


def _stubble(canvas: Canvas) -> None:
    """Short dark hair over the curve of the head."""
    dice = seeded(11)
    for _ in range(4600):
        turn = between(dice, math.pi * 1.02, math.pi * 1.98)
        deep = dice.random() ** 1.5
        rx, ry = 640 - 560 * deep, 470 - 411 * deep
        x, y = 380 + rx * math.cos(turn), 1120 + ry * math.sin(turn)
        lean = turn + between(dice, 0.5, 1.0)
        size = between(dice, 15, 30)
        tip = (x + size * math.cos(lean), y + size * math.sin(lean))
        canvas.fill(
            [(x - 2.5, y), (x + 2.5, y + 2), tip], sheen(BLACK, dice.random() * 0.8)
        )


def _lens(canvas: Canvas) -> None:
    """The instrument: handle, head, lit ring."""

    def lay(points: Outline) -> Outline:
        return moved(points, 520, 640, 1, -28)

    canvas.soft(lay(box(-60, -520, 120, 520, 60)), INK, 24, 0.3, (20, 24))
    canvas.fill(lay(box(-58, -560, 116, 400, 58)), Fade(WHITE, CLAY, 10))
    canvas.fill(lay(box(-58, -330, 116, 30)), TEAL)
    canvas.fill(lay(box(-20, -450, 40, 70, 20)), TERRA)
    head = lay(pairs("-58 -200, 58 -200, 92 -110, 92 -46, -92 -46, -92 -110"))
    canvas.cut(head, Fade(light(TEAL, 0.1), DEEP, 20), 8)
    canvas.cut(lay(box(-104, -60, 208, 62, 20)), Fade(DEEP, INK, 20), 6)
    canvas.soft(lay(box(-90, -4, 180, 20, 10)), WHITE, 14, 0.9)
    canvas.fill(lay(box(-92, -6, 184, 14, 7)), WHITE)


def _magnified(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Openings of the skin with one to three hairs each."""
    skin = Glow(light(SKIN[3], 0.22), dark(SKIN[3], 0.12))
    canvas.fill(oval(x, y, radius + 4), skin)
    dice = seeded(8)
    for i in range(22):
        turn, reach = i * 2.39996, radius * 1.02 * ((i + 0.4) / 22) ** 0.5
        px, py = x + reach * math.cos(turn), y + reach * math.sin(turn)
        canvas.fill(oval(px, py, 25, 18), light(SKIN[3], 0.3), 0.55)
        canvas.fill(oval(px, py, 14, 10), dark(SKIN[3], 0.35), 0.8)
        for k in range(1 + i % 3):
            wide = between(dice, 7, 14) if i % 4 else between(dice, 3, 5)
            dx, dy = between(dice, 90, 150), -between(dice, 80, 130) + 40 * k
            line = bezier(
                (px + k * 7 - 6, py),
                (px + dx * 0.2, py + dy * 0.5),
                (px + dx * 0.6, py + dy * 0.9),
                (px + dx, py + dy),
            )
            canvas.soft(ribbon(line, wide), BLACK, 5, 0.3, (4, 8))
            canvas.fill(ribbon(line, wide, wide * 0.9, wide * 0.5), BLACK)
            canvas.fill(ribbon(line, wide * 0.25, wide * 0.2, 1), sheen(BLACK, 1), 0.8)
    canvas.soft(arc(x, y, radius * 0.8, radius * 0.8, 200, 260), WHITE, 30, 0.12)
