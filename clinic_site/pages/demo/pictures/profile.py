"""A head from the side, and the cap of lights it wears."""

import math

from PIL import Image

from .kit import Canvas
from .paint import (
    BLACK,
    BLUSH,
    DARK,
    DEEP,
    FOAM,
    INK,
    IVORY,
    MIST,
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
    ruddy,
    sheen,
)
from .set import ground
from .shapes import Lay, Outline, box, moved, oval, pairs, path, ribbon, smooth

FACE = path(
    "M -110 470 C -96 400 -92 340 -106 296 C -140 300 -186 306 -206 290"
    " C -224 276 -222 250 -216 232 C -222 222 -228 212 -226 202"
    " C -224 194 -216 190 -212 187 C -222 182 -234 176 -234 164"
    " C -234 154 -226 146 -226 136 C -240 138 -276 138 -278 124"
    " C -278 108 -236 66 -228 20 C -224 -4 -236 -16 -238 -36"
    " C -244 -110 -214 -190 -140 -236 C -40 -296 120 -280 196 -190"
    " C 262 -110 256 20 206 110 C 176 160 160 220 166 300 C 172 370 190 430 210 470"
)


def profile(
    canvas: Canvas, lay: Lay, skin: Colour, scale: float = 1, awake: bool = False
) -> None:
    """Head and neck facing left, with eye, brow and mouth."""
    canvas.soft(lay(FACE), INK, 22 * scale, 0.22, (8 * scale, 14 * scale))
    canvas.fill(lay(FACE), Fade(light(skin, 0.14), ruddy(skin, 0.12), 20))
    with canvas.within(lay(FACE)):
        throat = smooth(
            pairs(
                "-112 312, -96 296, -44 272, 14 214, 44 140, 110 150, "
                "240 300, 220 500, -120 500"
            ),
            closed=True,
        )
        canvas.fill(lay(throat), Fade(ruddy(skin, 0.42), ruddy(skin, 0.2)))
        canvas.soft(lay(throat), ruddy(skin, 0.7), 12 * scale, 0.2)
        canvas.soft(lay(oval(-130, 150, 46, 34)), TERRA, 24 * scale, 0.3)
    if awake:
        canvas.fill(lay(oval(-190, 44, 13, 19)), INK)
        lid = smooth([(-208, 26), (-190, 16), (-164, 20), (-142, 34)])
    else:
        lid = smooth([(-196, 44), (-176, 58), (-146, 58), (-128, 48)])
    canvas.fill(lay(ribbon(lid, 3, 8, 8, 3)), ruddy(skin, 0.7))
    brow = smooth([(-218, -26), (-182, -42), (-126, -26)])
    canvas.fill(lay(ribbon(brow, 8, 12, 3)), mix(BLACK, skin, 0.2))
    mouth = smooth([(-214, 188), (-192, 190), (-168, 182)])
    canvas.fill(lay(ribbon(mouth, 4, 6, 2)), ruddy(mix(skin, TERRA, 0.3), 0.5))
    nostril = smooth([(-236, 128), (-222, 116), (-214, 126)])
    canvas.fill(lay(ribbon(nostril, 2, 5, 2)), ruddy(skin, 0.35))


def ear(canvas: Canvas, lay: Lay, skin: Colour) -> None:
    """Drawn after the hair, so that the hair can be tucked behind it."""
    rim = smooth(
        pairs("10 40, 24 12, 58 8, 78 40, 70 90, 46 134, 26 136, 18 100"),
        closed=True,
    )
    canvas.cut(lay(rim), Fade(light(skin, 0.06), ruddy(skin, 0.12)), 5, 0.2)
    fold = smooth(pairs("28 42, 50 30, 60 56, 48 92, 36 108"))
    canvas.fill(lay(ribbon(fold, 3, 8, 7, 3)), ruddy(skin, 0.3))


def light_cap() -> Image.Image:
    """A cap whose inside shines, worn with closed eyes."""
    canvas = ground(FOAM, MIST)
    canvas.cut(oval(800, 460, 440), Fade(IVORY, mix(SAND, BLUSH, 0.5)), 16, 0.1)

    def lay(points: Outline) -> Outline:
        return moved(points, 810, 440, 1.06)

    skin = SKIN[2]
    tail = smooth(
        pairs("60 0, 190 -40, 262 60, 282 220, 250 360, 190 400, 130 330, 100 200"),
        closed=True,
    )
    canvas.cut(lay(tail), Fade(sheen(DARK, 0.5), sheen(DARK, 0.1), 30), 10)
    profile(canvas, lay, skin)
    shirt = smooth(
        pairs(
            "470 1040, 530 930, 650 890, 730 872, 860 912, 1010 862, "
            "1160 916, 1270 1040"
        )
    )
    canvas.cut(shirt, Fade(light(TERRA, 0.12), dark(TERRA, 0.16), 60), 14, 0.24)
    _locks(canvas, lay)
    ear(canvas, lay, skin)
    _cap(canvas, lay)
    return canvas.finish()


def _locks(canvas: Canvas, lay: Lay) -> None:
    """Hair under the cap, swept behind the ear."""
    side = smooth(
        pairs(
            "-120 -130, -140 -60, -96 4, -30 30, 20 40, 50 130, 96 250, "
            "150 350, 220 330, 262 180, 250 -60"
        ),
        closed=True,
    )
    canvas.cut(lay(side), Fade(sheen(DARK, 0.55), sheen(DARK, 0.15), 40), 6, 0.2)
    for i in range(16):
        line = smooth(
            [
                (-110 + i * 12, -80),
                (-60 + i * 15, -14 + i * 1.5),
                (40 + i * 12, 30 + i * 2),
                (96 + i * 9, 150),
                (146 + i * 7, 350 - i * 3),
            ],
            steps=10,
        )
        canvas.fill(lay(ribbon(line, 1, 4, 6, 5, 0)), sheen(DARK, 0.5 + 0.22 * (i % 3)))


def _cap(canvas: Canvas, lay: Lay) -> None:
    """The shell, cut open to its rows of lights, and its rim."""
    shell = smooth(
        pairs(
            "-246 -84, -236 -170, -150 -272, 0 -318, 150 -286, 262 -180, "
            "292 -50, 282 30, 200 6, 60 -20, -100 -56"
        ),
        closed=True,
    )
    canvas.cut(lay(shell), Fade(TEAL, DEEP, 50), 14, 0.3)
    with canvas.within(lay(shell)):
        canvas.soft(lay(oval(-60, -220, 150, 50)), WHITE, 40, 0.22)
        rows = ((0.9, 15), (0.7, 12), (0.5, 9), (0.29, 6))
        for reach, count in rows:
            for i in range(count):
                turn = math.radians(200 + 152 * (i + 0.5) / count)
                x = 20 + 276 * reach * math.cos(turn)
                y = -30 + 272 * reach * math.sin(turn) + 0.18 * (x - 20)
                canvas.soft(lay(oval(x, y, 19)), (255, 120, 70), 11, 0.75)
                canvas.fill(lay(oval(x, y, 9)), Glow((255, 240, 214), (248, 150, 100)))
    rim = smooth(pairs("-252 -80, -100 -52, 60 -16, 200 10, 288 34"))
    canvas.cut(lay(ribbon(rim, 26, 30, 30, 26)), Fade(WHITE, SAND), 6, 0.25)
    canvas.fill(lay(box(286, 0, 26, 90, 13)), Fade(WHITE, SAND))
