"""Two rooms of the clinic: where one waits, and where one talks."""

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
    SKIN,
    TEAL,
    TERRA,
    WHITE,
    Fade,
    dark,
    light,
    mix,
)
from .set import ground, pot, sprig
from .shapes import (
    Outline,
    arc,
    arch,
    bezier,
    box,
    moved,
    oval,
    pairs,
    ribbon,
    smooth,
)
from .sitters import arm, bun, crop, sitter


def window(canvas: Canvas, x: float, y: float, w: float, h: float) -> None:
    """An arched window on a layered, hazy view."""
    canvas.soft(arch(x - 26, y - 26, w + 52, h + 40), INK, 18, 0.18, (6, 12))
    canvas.fill(arch(x - 26, y - 26, w + 52, h + 26), Fade(WHITE, IVORY))
    pane = arch(x, y, w, h)
    with canvas.within(pane):
        canvas.fill(pane, Fade((252, 240, 216), FOAM))
        canvas.soft(oval(x + w * 0.68, y + h * 0.34, w * 0.14), (255, 252, 236), 26, 1)
        canvas.fill(oval(x + w * 0.68, y + h * 0.34, w * 0.12), (255, 247, 224))
        for rise, tint, k in (
            (0.56, FOAM, 0),
            (0.68, MIST, 1),
            (0.8, SAGE, 2),
            (0.9, TEAL, 3),
        ):
            ridge = smooth(
                [
                    (x - 20, y + h * (rise + 0.04 * (k % 2))),
                    (x + w * 0.3, y + h * (rise - 0.05)),
                    (x + w * 0.62, y + h * (rise + 0.03)),
                    (x + w + 20, y + h * (rise - 0.03 * k / 2)),
                ]
            )
            hill = [*ridge, (x + w + 20, y + h + 20), (x - 20, y + h + 20)]
            canvas.cut(hill, Fade(light(mix(tint, MIST, 0.25), 0.2), tint), 8, 0.08)
    bar = Fade(WHITE, IVORY)
    canvas.fill(box(x + w / 2 - 6, y, 12, h), bar)
    canvas.fill(box(x, y + w / 2, w, 12), bar)
    canvas.fill(box(x, y + h * 0.7, w, 12), bar)
    canvas.cut(box(x - 50, y + h - 4, w + 100, 26, 6), Fade(WHITE, SAND), 8, 0.2)


def home() -> Image.Image:
    """A quiet room in the morning: window, armchair, plants."""
    canvas = ground()
    canvas.fill(box(-2, -2, 1604, 1004), Fade(IVORY, mix(SAND, BLUSH, 0.18), 60))
    window(canvas, 300, 130, 400, 560)
    canvas.fill(
        [(760, 300), (1010, 190), (1010, 560), (760, 690)], (255, 252, 240), 0.4
    )
    canvas.fill(
        [(1026, 183), (1250, 84), (1250, 440), (1026, 552)], (255, 252, 240), 0.4
    )
    canvas.soft(box(-40, 770, 1700, 14), INK, 14, 0.14)
    canvas.fill(box(-2, 756, 1604, 26), Fade(WHITE, SAND))
    canvas.fill(box(-2, 780, 1604, 224), Fade(mix(CLAY, BLUSH, 0.15), light(CLAY, 0.3)))
    canvas.fill(
        [(300, 782), (640, 782), (900, 1002), (420, 1002)], (255, 250, 232), 0.3
    )
    canvas.cut(oval(1060, 900, 430, 72), Fade(light(SAGE, 0.35), MIST, 0), 5, 0.12)
    canvas.fill(oval(1060, 900, 385, 60), Fade(FOAM, MIST, 0))
    _lamp(canvas)
    _tall_plant(canvas)
    _chair(canvas)
    _side_table(canvas)
    pot(canvas, 652, 688, 64, Fade(light(TERRA, 0.2), TERRA, 0))
    for lean in (-70, -20, 40):
        stem = bezier(
            (652, 630), (650, 580), (652 + lean * 0.5, 550), (652 + lean, 510)
        )
        sprig(canvas, stem, 36, Fade(SAGE, TEAL, 30), 4)
    return canvas.finish()


def _chair(canvas: Canvas) -> None:
    """A round-backed armchair."""
    canvas.soft(oval(1075, 902, 240, 26), INK, 18, 0.4)
    for x, lean in ((900, -14), (1230, 14)):
        canvas.fill(
            ribbon([(x, 800), (x + lean * 0.5, 850), (x + lean, 902)], 22, 16, 12),
            dark(CLAY, 0.4),
        )
    back = smooth(
        pairs(
            "874 800, 860 600, 900 460, 1000 408, 1130 408, 1232 460, "
            "1272 600, 1258 800"
        ),
        closed=False,
    )
    canvas.cut(back, Fade(light(TEAL, 0.14), DEEP, 40), 16, 0.22)
    inner = smooth(
        pairs(
            "930 780, 924 610, 960 510, 1030 468, 1100 468, 1172 510, "
            "1208 610, 1202 780"
        )
    )
    canvas.fill(inner, Fade(mix(TEAL, SAGE, 0.3), TEAL))
    for x in (1000, 1066, 1132):
        seam = bezier((x, 486), (x, 560), (x, 640), (x, 700))
        canvas.fill(ribbon(seam, 1, 4, 1), DEEP, 0.35)
    _seat(canvas)


def _seat(canvas: Canvas) -> None:
    """Cushion, seat and arms, in front of the back."""
    cushion = smooth(
        pairs("980 560, 1100 540, 1176 590, 1180 700, 1060 716, 976 690"),
        closed=True,
    )
    canvas.cut(
        moved(moved(cushion, -1075, -630), 1068, 628, 0.92, -8),
        Fade(light(TERRA, 0.2), TERRA, 50),
        10,
        0.25,
    )
    canvas.cut(box(916, 688, 300, 86, 36), Fade(mix(TEAL, SAGE, 0.4), TEAL), 8, 0.25)
    canvas.cut(box(900, 752, 332, 92, 16, 16, 30, 30), Fade(TEAL, DEEP), 8, 0.25)
    for x in (842, 1210):
        canvas.cut(
            box(x, 620, 82, 222, 41, 41, 26, 26),
            Fade(light(TEAL, 0.16), DEEP, 60),
            10,
            0.26,
        )


def _side_table(canvas: Canvas) -> None:
    """A small table with a cup and a book."""
    canvas.soft(oval(740, 922, 100, 14), INK, 12, 0.35)
    for x, lean in ((700, -22), (740, 0), (780, 22)):
        canvas.fill(ribbon([(x, 742), (x + lean, 920)], 12, 9), dark(CLAY, 0.38))
    canvas.cut(
        oval(740, 740, 112, 20), Fade(light(CLAY, 0.3), dark(CLAY, 0.12), 30), 6, 0.3
    )
    canvas.cut(box(668, 712, 100, 18, 4), Fade(TERRA, dark(TERRA, 0.15), 0), 3)
    canvas.fill(box(672, 716, 92, 9), IVORY)
    canvas.fill(ribbon(arc(806, 706, 14, 14, -90, 90), 6), WHITE)
    canvas.cut(box(764, 684, 44, 50, 4, 4, 18, 18), Fade(WHITE, SAND, 0), 4)


def _lamp(canvas: Canvas) -> None:
    """A standing lamp that is lit."""
    canvas.soft(oval(1400, 330, 150), (255, 236, 196), 60, 0.8)
    canvas.fill(box(1395, 330, 10, 556), dark(CLAY, 0.45))
    canvas.cut(oval(1400, 888, 66, 13), dark(CLAY, 0.4), 5)
    shade = [(1346, 240), (1454, 240), (1500, 372), (1300, 372)]
    canvas.cut(shade, Fade((255, 246, 224), mix(SAND, BLUSH, 0.4)), 8, 0.16)


def _tall_plant(canvas: Canvas) -> None:
    """Large leaves behind the chair's far side."""
    x = 178
    leaf = pairs("0 0, 0.25 -0.2, 0.6 -0.22, 1 0.04, 0.6 0.2, 0.25 0.18")
    fans = pairs("-60 270, -122 270, -90 370, -36 190, -146 190, -106 190, -76 150")
    for i, (turn, reach) in enumerate(fans):
        tip = moved([(reach, 0)], x, 790, 1, turn)[0]
        stem = bezier((x, 820), (x, 740), (x + (tip[0] - x) * 0.4, tip[1] + 70), tip)
        canvas.fill(ribbon(stem, 8, 4), DEEP)
        size, bent = 190 + 24 * (i % 3), turn + (turn + 90) * 0.4
        tint = (TEAL, SAGE, DEEP)[i % 3]
        blade = moved(smooth(leaf, closed=True), *tip, size, bent)
        canvas.cut(blade, Fade(light(tint, 0.2), tint, 40), 8, 0.18)
        canvas.fill(
            ribbon(moved([(0.02, 0), (0.94, 0.03)], *tip, size, bent), 4, 1), FOAM, 0.4
        )
    pot(canvas, x, 936, 150, Fade(WHITE, CLAY, 0))


def consultation() -> Image.Image:
    """Two people at a desk, the window between them."""
    canvas = ground()
    canvas.fill(box(-2, -2, 1604, 1004), Fade(IVORY, mix(SAND, BLUSH, 0.25), 70))
    window(canvas, 620, 90, 360, 560)
    doctor, patient = (SKIN[3], WHITE), (SKIN[1], TERRA)
    sitter(canvas, 1130, 430, False, *patient, crop)
    sitter(canvas, 470, 410, True, *doctor, bun)
    _desk(canvas)
    arm(canvas, 1130, 430, False, *patient, (-130, 352))
    arm(canvas, 470, 410, True, *doctor, (-150, 366))
    pot(canvas, 1450, 806, 96, Fade(light(TEAL, 0.2), DEEP, 0))
    for lean in (-110, -30, 60):
        stem = bezier(
            (1450, 720), (1448, 650), (1450 + lean * 0.5, 570), (1450 + lean, 500)
        )
        sprig(canvas, stem, 80, Fade(SAGE, TEAL, 30), 6)
    return canvas.finish()


def _desk(canvas: Canvas) -> None:
    """The top, a sheet of paper with a curve, a cup."""
    canvas.cut(box(-40, 800, 1680, 60), Fade(light(CLAY, 0.3), CLAY), 10, 0.25)
    canvas.fill(box(-40, 846, 1680, 200), Fade(dark(CLAY, 0.1), dark(CLAY, 0.26)))
    sheet: Outline = [(700, 812), (900, 812), (940, 838), (680, 838)]
    canvas.cut(sheet, WHITE, 4, 0.2)
    canvas.fill(ribbon([(740, 820), (860, 820)], 3), SAGE)
    canvas.fill(ribbon([(730, 829), (800, 829)], 3), MIST)
    canvas.soft(oval(250, 818, 60, 10), INK, 8, 0.3)
    canvas.fill(ribbon(arc(290, 772, 18, 20, -90, 90), 8), FOAM)
    canvas.fill(box(212, 740, 78, 78, 6, 6, 26, 26), Fade(FOAM, SAGE, 0))
