"""The stone house at the corner."""

from PIL import Image

from .kit import Canvas
from .paint import (
    DEEP,
    FOAM,
    INK,
    MIST,
    SAGE,
    SAND,
    TEAL,
    WHITE,
    Fade,
    dark,
    light,
    mix,
    shade,
)
from .set import ground
from .shapes import Outline, arc, arch, bezier, box, pairs, ribbon
from .streets import PANE, STONE, box_tree, cornice, sash, street, tree

ROUND = pairs(
    "1 0, 0.92 0.38, 0.7 0.7, 0.38 0.92, 0 1, -0.38 0.92, -0.7 0.7, -0.92 0.38, -1 0"
)


def branch_bank() -> Image.Image:
    """Stone: a rounded corner under a small dome, two wings in shade and light."""
    canvas = ground(mix(FOAM, MIST, 0.3), SAND)
    street(canvas)
    left: Outline = [(250, 300), (640, 230), (640, 900), (250, 890)]
    right: Outline = [(960, 230), (1400, 300), (1400, 890), (960, 900)]
    canvas.cut(left, Fade(light(STONE, 0.35), STONE, 0), 16, 0.18)
    canvas.cut(right, Fade(dark(STONE, 0.14), dark(STONE, 0.26), 0), 16, 0.18)
    for k in range(3):
        _wing(canvas, 640, 250, k, lit=True)
        _wing(canvas, 960, 1400, k, lit=False)
    _corner(canvas)
    tree(canvas, 170, 912, 150, TEAL)
    tree(canvas, 1480, 912, 160, SAGE)
    box_tree(canvas, 684, 926)
    box_tree(canvas, 916, 926)
    return canvas.finish()


def _wing(canvas: Canvas, near: float, far: float, k: int, lit: bool) -> None:
    """One window axis of a wing, drawn in the wing's perspective."""

    def at(u: float, v: float) -> tuple[float, float]:
        top, bottom = 230 + 70 * u, 900 - 10 * u
        return near + (far - near) * u, top + (bottom - top) * v

    stone = light(STONE, 0.5) if lit else STONE
    for v, h in ((0.0, 0.045), (0.345, 0.022), (0.63, 0.035)):
        band = [at(-0.01, v), at(1.02, v), at(1.02, v + h), at(-0.01, v + h)]
        if k == 0:
            canvas.soft(band, INK, 8, 0.25, (0, 9))
            canvas.fill(band, stone)
    start = (0.09, 0.4, 0.7)[k]
    glass = PANE if lit else Fade(TEAL, dark(DEEP, 0.3), 60)
    for v0, v1 in ((0.1, 0.3), (0.41, 0.59), (0.72, 0.93)):
        rounded = v0 > 0.7
        quad = [at(start, v0), at(start + 0.2, v0), at(start + 0.2, v1), at(start, v1)]
        if rounded:
            head = [at(start + 0.1 - 0.1 * u, v0 + 0.06 - 0.075 * v) for u, v in ROUND]
            quad = [*head, quad[2], quad[3]]
        cx, cy = (sum(along) / len(quad) for along in zip(*quad, strict=True))
        frame = [(cx + (x - cx) * 1.16, cy + (y - cy) * 1.1) for x, y in quad]
        canvas.fill(frame, stone)
        canvas.fill(quad, glass)
        upright = [at(start + 0.1, v0 - 0.01 * rounded), at(start + 0.1, v1)]
        canvas.fill(ribbon(upright, 4), stone)
        middle = (v0 + v1) / 2
        canvas.fill(ribbon([at(start, middle), at(start + 0.2, middle)], 4), stone)


def _corner(canvas: Canvas) -> None:
    """The rounded bay with the door, and its dome."""
    dome = [*arc(800, 150, 128, 118, 180, 360), (928, 176), (672, 176)]
    canvas.cut(dome, Fade(light(SAGE, 0.2), TEAL, 0), 8, 0.2)
    for dx in (-80, -30, 30, 80):
        rib = bezier(
            (800 + dx * 0.12, 36),
            (800 + dx * 0.9, 60),
            (800 + dx * 1.2, 110),
            (800 + dx * 1.3, 176),
        )
        canvas.fill(ribbon(rib, 3), DEEP, 0.4)
    canvas.fill(box(795, 4, 10, 34, 4), DEEP)
    stone = Fade(light(STONE, 0.55), dark(STONE, 0.2), 0)
    canvas.cut(box(640, 190, 320, 712), stone, 14, 0.2)
    for i in range(6):
        canvas.fill(box(640, 664 + i * 40, 320, 3), dark(STONE, 0.2), 0.6)
    cornice(canvas, 622, 168, 356, 34, stone)
    cornice(canvas, 630, 452, 340, 18, stone)
    cornice(canvas, 626, 628, 348, 26, stone)
    for x, w in ((668, 66), (758, 84), (866, 66)):
        canvas.fill(box(x - 8, 238, w + 16, 204), Fade(WHITE, STONE, 0))
        canvas.fill(arch(x, 246, w, 186), PANE)
        canvas.fill(box(x + w / 2 - 2, 246, 4, 186), light(STONE, 0.4))
        canvas.fill(box(x, 330, w, 4), light(STONE, 0.4))
        sash(canvas, x, 494, w, 118, light(STONE, 0.6))
    canvas.soft(arch(716, 672, 168, 228), INK, 12, 0.3)
    canvas.fill(arch(704, 664, 192, 238), Fade(WHITE, STONE, 0))
    canvas.fill(arch(722, 682, 156, 220), Fade(mix(MIST, TEAL, 0.4), TEAL))
    canvas.fill(box(722, 756, 156, 146), Fade(light(DEEP, 0.1), DEEP, 10))
    canvas.fill(box(722, 752, 156, 8), light(STONE, 0.6))
    canvas.fill(box(797, 760, 6, 142), dark(DEEP, 0.4))
    for x in (738, 816):
        canvas.fill(box(x, 776, 46, 108, 4), Fade(mix(MIST, TEAL, 0.5), TEAL, 60))
    for x in (788, 806):
        canvas.fill(box(x, 824, 5, 26, 2), shade("e2b765"))
    canvas.cut(box(680, 898, 240, 16), Fade(WHITE, SAND), 4, 0.2)
