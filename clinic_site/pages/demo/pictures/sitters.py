"""Two people at a desk, from the side."""

from collections.abc import Callable

from .kit import Canvas
from .paint import BLACK, DARK, Colour, Fade, dark, light, sheen
from .profile import ear, profile
from .shapes import Lay, Outline, moved, oval, pairs, ribbon, smooth


def sitter(
    canvas: Canvas,
    x: float,
    y: float,
    flip: bool,
    skin: Colour,
    cloth: Colour,
    hair: Callable[[Canvas, Lay], None],
) -> None:
    """Someone at the desk, from the side; y is the height of the eyes."""

    def head(points: Outline) -> Outline:
        return moved(points, x, y, 0.4, 0, flip)

    def body(points: Outline) -> Outline:
        return moved(points, x, y, 1, 0, flip)

    profile(canvas, head, skin, 0.5, awake=True)
    hair(canvas, head)
    ear(canvas, head, skin)
    torso = smooth(
        pairs(
            "-46 150, 10 156, 72 142, 138 190, 176 300, 184 520, "
            "-110 520, -112 340, -92 220"
        ),
        closed=True,
    )
    canvas.cut(body(torso), Fade(light(cloth, 0.12), dark(cloth, 0.16), 60), 12, 0.22)


def arm(
    canvas: Canvas,
    x: float,
    y: float,
    flip: bool,
    skin: Colour,
    cloth: Colour,
    hand: tuple[float, float],
) -> None:
    """The near arm, bent at the elbow, its hand in front."""

    def body(points: Outline) -> Outline:
        return moved(points, x, y, 1, 0, flip)

    hx, hy = hand
    palm = smooth(
        [
            (hx + 34, hy - 20),
            (hx - 8, hy - 24),
            (hx - 52, hy - 12),
            (hx - 62, hy + 2),
            (hx - 30, hy + 14),
            (hx + 34, hy + 20),
        ],
        closed=True,
    )
    canvas.fill(body(palm), Fade(light(skin, 0.1), skin))
    line = smooth(
        [(66, 176), (74, 280), (48, 376), (-30, 388), (hx + 16, hy)], steps=14
    )
    sleeve = ribbon(line, 40, 72, 82, 86, 84, 78, 70, 62, 56, 50, 46)
    sleeve = smooth(sleeve[::4], closed=True, steps=4)
    canvas.cut(body(sleeve), Fade(light(cloth, 0.2), dark(cloth, 0.05), 70), 8, 0.26)


def bun(canvas: Canvas, lay: Lay) -> None:
    """Grey-brown hair drawn into a bun."""
    knot = oval(250, -150, 86)
    canvas.cut(lay(knot), Fade(sheen(DARK, 0.7), sheen(DARK, 0.2)), 4)
    cap = smooth(
        pairs(
            "-170 -226, -200 -150, -120 -110, -40 -40, 10 20, 60 10, "
            "110 80, 180 130, 250 20, 262 -100, 190 -220, 60 -292, "
            "-80 -282"
        ),
        closed=True,
    )
    canvas.cut(lay(cap), Fade(sheen(DARK, 0.7), sheen(DARK, 0.2), 60), 4)
    for i in range(6):
        x, y = -176 + i * 34, -160 + i * 26
        line = smooth(
            [(x, y), ((x + 190) / 2, (y - 150) / 2 - 60), (206, -150 + i * 10)]
        )
        canvas.fill(lay(ribbon(line, 1, 7, 2)), sheen(DARK, 0.9))


def crop(canvas: Canvas, lay: Lay) -> None:
    """Short hair, a little thin at the crown."""
    cap = smooth(
        pairs(
            "-206 -190, -196 -120, -110 -120, -60 -50, -20 40, 6 60, "
            "30 0, 96 60, 170 170, 240 60, 268 -80, 200 -210, 60 -296, "
            "-100 -280"
        ),
        closed=True,
    )
    canvas.cut(lay(cap), Fade(sheen(BLACK, 0.75), sheen(BLACK, 0.25), 60), 4)
    for i in range(7):
        line = smooth(
            [
                (-170 + i * 40, -216 - i * 8),
                (-60 + i * 36, -190 + i * 10),
                (60 + i * 22, -60 + i * 20),
            ]
        )
        canvas.fill(lay(ribbon(line, 1, 7, 1)), sheen(BLACK, 0.9))
