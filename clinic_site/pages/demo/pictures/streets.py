"""A street in London, and the white house in it."""

from PIL import Image

from .kit import Canvas
from .paint import (
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
    Colour,
    Fade,
    Paint,
    dark,
    light,
    mix,
    shade,
)
from .set import ground
from .shapes import arch, box, moved, oval, ribbon

STUCCO, STONE = Fade(WHITE, IVORY, 20), shade("e2d3b8")


PANE = Fade(mix(TEAL, MIST, 0.35), DEEP, 60)


def sash(
    canvas: Canvas, x: float, y: float, w: float, h: float, frame: Paint = WHITE
) -> None:
    """A sash window with a little sky in its panes."""
    canvas.fill(box(x - 5, y - 5, w + 10, h + 10), dark(CLAY, 0.1), 0.5)
    canvas.fill(box(x, y, w, h), frame)
    canvas.fill(box(x + 5, y + 5, w - 10, h - 10), PANE)
    glint = [
        (x + 5, y + h * 0.5),
        (x + w * 0.6, y + 5),
        (x + w - 8, y + 5),
        (x + 5, y + h * 0.8),
    ]
    canvas.fill(glint, FOAM, 0.28)
    canvas.fill(box(x, y + h * 0.48, w, 6), frame)
    for share in (1 / 3, 2 / 3):
        canvas.fill(box(x + w * share - 1.5, y + 4, 3, h - 8), frame)


def cornice(
    canvas: Canvas, x: float, y: float, w: float, h: float, paint: Paint
) -> None:
    """A ledge with its shadow."""
    canvas.soft(box(x, y + h * 0.5, w, h), INK, 9, 0.26, (3, 9))
    canvas.fill(box(x, y, w, h), paint)
    canvas.fill(box(x, y + h - 4, w, 4), dark(CLAY, 0.1), 0.5)


def street(canvas: Canvas) -> None:
    """Sky shapes above, pavement below."""
    canvas.soft(oval(330, 230, 240, 60), WHITE, 40, 0.7)
    canvas.soft(oval(1320, 160, 260, 50), WHITE, 40, 0.7)
    for x, y, w, h in (
        (-40, 420, 300, 500),
        (210, 500, 160, 420),
        (1230, 460, 180, 460),
        (1370, 380, 300, 520),
    ):
        canvas.fill(box(x, y, w, h), Fade(mix(MIST, FOAM, 0.5), FOAM), 0.9)
    canvas.fill(box(-2, 880, 1604, 124), Fade(light(CLAY, 0.25), CLAY))
    canvas.fill(
        box(-2, 944, 1604, 60), Fade(mix(SAGE, CLAY, 0.55), mix(TEAL, CLAY, 0.5))
    )
    canvas.fill(box(-2, 938, 1604, 8), WHITE, 0.6)


def tree(canvas: Canvas, x: float, y: float, size: float, tint: Colour) -> None:
    """A clipped street tree in layers of paper."""
    canvas.soft(oval(x + 10, y, size * 0.5, 9), INK, 9, 0.35)
    trunk = [(x - 9, y), (x - 5, y - size * 1.2), (x + 5, y - size * 1.2), (x + 9, y)]
    canvas.fill(trunk, dark(CLAY, 0.5))
    for dx, dy, reach, t in (
        (0, -1.8, 0.78, 0),
        (-0.34, -1.5, 0.56, 0.12),
        (0.36, -1.55, 0.52, 0.2),
        (-0.1, -2.1, 0.5, 0.28),
        (0.12, -1.35, 0.4, 0.1),
    ):
        ball = oval(x + dx * size, y + dy * size, reach * size)
        colour = light(tint, t)
        canvas.cut(ball, Fade(light(colour, 0.14), colour, 60), 6, 0.14)


def box_tree(canvas: Canvas, x: float, y: float) -> None:
    """A round bush in a pot, as doors have."""
    canvas.soft(oval(x + 4, y, 40, 7), INK, 7, 0.4)
    canvas.fill(
        [(x - 30, y - 62), (x + 30, y - 62), (x + 22, y), (x - 22, y)],
        Fade(light(TERRA, 0.2), TERRA, 0),
    )
    canvas.cut(oval(x, y - 94, 42), Fade(SAGE, DEEP, 60), 5, 0.2)


def railing(
    canvas: Canvas, x: float, y: float, w: float, h: float, step: float = 13
) -> None:
    """Iron railings with small knobs."""
    iron = dark(DEEP, 0.55)
    for i in range(int(w / step) + 1):
        canvas.fill(box(x + i * step - 1.6, y, 3.2, h), iron)
        canvas.fill(oval(x + i * step, y, 3.4), iron)
    for dy in (9, h - 8):
        canvas.fill(box(x - 3, y + dy, w + 6, 4), iron)


def branch_victoria() -> Image.Image:
    """White stucco: a porch on columns, a balcony, tall windows."""
    canvas = ground(FOAM, SAND)
    street(canvas)
    canvas.cut(box(330, 170, 940, 720), Fade(WHITE, mix(IVORY, SAND, 0.5), 20), 18, 0.2)
    for x in (330, 1246):
        for i in range(9):
            canvas.fill(box(x, 240 + i * 72, 24, 60), Fade(WHITE, SAND, 0))
    cornice(canvas, 310, 150, 980, 34, STUCCO)
    canvas.fill(box(340, 112, 920, 40), Fade(WHITE, IVORY))
    for i in range(39):
        canvas.fill(box(334 + i * 24.6, 184, 11, 12), dark(SAND, 0.08))
    columns = (420, 606, 792, 978)
    for x in columns:
        sash(canvas, x + 56, 236, 92, 138)
        canvas.fill(box(x + 46, 382, 112, 10), Fade(WHITE, CLAY))
        _tall(canvas, x + 48)
    cornice(canvas, 330, 596, 940, 22, STUCCO)
    canvas.soft(box(346, 606, 908, 14), INK, 8, 0.2, (2, 8))
    railing(canvas, 352, 540, 897, 58)
    for i in range(4):
        canvas.fill(box(330, 640 + i * 62, 940, 3), CLAY, 0.6)
    for x in (430, 1008, 1160):
        if x != 1160:
            sash(canvas, x, 668, 150, 150)
    _porch(canvas)
    for x in (352, 962):
        railing(canvas, x, 812, 286, 76)
    tree(canvas, 180, 906, 190, TEAL)
    tree(canvas, 1430, 906, 170, SAGE)
    return canvas.finish()


def _tall(canvas: Canvas, x: float) -> None:
    """A first-floor window under its pediment."""
    canvas.fill(box(x - 10, 428, 128, 172), Fade(WHITE, SAND, 0))
    sash(canvas, x + 2, 440, 104, 158)
    top = [(x - 18, 430), (x + 54, 402), (x + 126, 430)]
    canvas.cut(top, Fade(WHITE, SAND), 4, 0.24)


def _porch(canvas: Canvas) -> None:
    """Steps, two pairs of columns, a door in deep green."""
    canvas.soft(box(650, 630, 300, 260), INK, 16, 0.24, (14, 6))
    canvas.fill(box(666, 650, 268, 236), Fade(dark(SAND, 0.16), dark(SAND, 0.06)))
    canvas.fill(box(728, 660, 144, 226), WHITE)
    canvas.fill(arch(738, 668, 124, 60), Fade(mix(MIST, TEAL, 0.3), TEAL))
    for turn in (210, 240, 270, 300, 330):
        spoke = moved([(6, 0), (62, 0)], 800, 730, 1, turn)
        canvas.fill(ribbon(spoke, 3), WHITE)
    canvas.fill(box(738, 732, 124, 154), Fade(light(DEEP, 0.1), DEEP, 20))
    for x in (750, 806):
        for y, h in ((744, 56), (812, 60)):
            canvas.fill(
                box(x, y, 44, h, 3), Fade(dark(DEEP, 0.3), light(DEEP, 0.12), 60)
            )
    canvas.fill(oval(852, 806, 5), shade("e2b765"))
    for x in (660, 906):
        canvas.fill(box(x, 640, 36, 246), Fade(WHITE, dark(SAND, 0.08), 0))
        canvas.fill(box(x - 6, 870, 48, 16), Fade(WHITE, CLAY))
        canvas.fill(box(x - 6, 640, 48, 12), Fade(WHITE, CLAY))
    cornice(canvas, 640, 612, 320, 32, STUCCO)
    for i in range(3):
        canvas.cut(
            box(640 - i * 16, 886 + i * 14, 320 + i * 32, 15),
            Fade(WHITE, SAND),
            4,
            0.18,
        )
    box_tree(canvas, 616, 926)
    box_tree(canvas, 984, 926)
