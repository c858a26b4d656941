"""Short and round hair, and a beard, for the portraits."""

import math
from collections.abc import Callable

from .paint import BLACK, TERRA, dark, light, mix, sheen
from .people import Portrait, mirrored
from .shapes import arc, moved, oval, pairs, ribbon, smooth


def nothing(sheet: Portrait) -> None:
    """No hair on this side of the face."""


def afro(sheet: Portrait) -> None:
    """A full round of tight curls behind the face."""
    ring = mirrored(
        pairs(
            "0 -268, 100 -250, 180 -188, 214 -96, 206 0, 176 74, 128 112, 70 110, 0 100"
        )
    )
    sheet.canvas.soft(sheet.lay(ring), BLACK, 18, 0.3, (5, 12))
    sheet.head(ring, sheen(sheet.person.hair, 0.3))
    for i, (x, y) in enumerate(ring[::3]):
        sheet.head(oval(x, y, 13 + 5 * (i % 3)), sheen(sheet.person.hair, 0.3))
    _curls(sheet, 420, lambda x, y: abs(x) < 122 and y > -128)


def afro_front(sheet: Portrait) -> None:
    """The hairline over the forehead."""
    line = pairs(
        "-130 -40, -122 -96, -88 -132, 0 -142, 88 -132, 122 -96, "
        "130 -40, 150 -130, 80 -206, 0 -216, -80 -206, -150 -130"
    )
    sheet.head(smooth(line, closed=True), sheen(sheet.person.hair, 0.3))
    for i in range(27):
        x = -122 + i * 9.4
        y = -140 + 50 * (abs(x) / 124) ** 3
        sheet.head(oval(x, y, 9 + i % 3 * 2), sheen(sheet.person.hair, 0.3))
    _curls(sheet, 420, lambda x, y: abs(x) > 150 or y > -150 + 46 * (abs(x) / 124) ** 3)


def _curls(sheet: Portrait, count: int, skip: Callable[[float, float], bool]) -> None:
    """Small turned locks, placed as seeds are in a sunflower, lit from upper left."""
    for i in range(count):
        turn, reach = i * 137.508, ((i + 0.5) / count) ** 0.5
        dx, dy = moved([(reach, 0)], turn=turn)[0]
        x, y = dx * 204, -86 + dy * 178
        if not skip(x, y):
            curl = arc(x, y, 9, 9, turn * 3 % 360, turn * 3 % 360 + 230)
            lit = 0.42 + 0.3 * max(0, -dx * 0.6 - dy * 0.8) + 0.08 * (i % 3)
            sheet.head(ribbon(curl, 1, 5, 1), sheen(sheet.person.hair, lit))


def _side_part(sheet: Portrait) -> None:
    """Short hair combed over from one side."""
    sheet.mass(
        pairs(
            "-132 -10, -142 -100, -110 -186, -20 -228, 80 -212, "
            "138 -140, 136 -10, 122 -40, 112 -92, 60 -116, -30 -108, "
            "-92 -132, -112 -90, -122 -40"
        ),
        5,
    )
    for i in range(11):
        y = -118 - i * 9
        sheet.lock(
            [
                (-84 + i * 3, -136 - i * 6),
                (-20, y - 22),
                (50, y - 12),
                (112 - i * 2, -96 - i * 8),
            ],
            0.45 + 0.5 * (i % 3) / 2,
            1,
            5,
            5,
            1,
        )


def _beard(sheet: Portrait) -> None:
    """A short beard along the jaw, open around the mouth."""
    hair = sheet.person.hair
    outer = pairs(
        "-128 10, -120 84, -78 156, -30 190, 0 196, 30 190, 78 156, "
        "120 84, 128 10, 112 60, 84 92, 46 72, 0 70, -46 72, -84 92, "
        "-112 60"
    )
    sheet.head(smooth(outer, closed=True), light(hair, 0.14))
    mouth = smooth(pairs("-46 92, 0 84, 46 92, 24 124, 0 128, -24 124"), closed=True)
    sheet.head(mouth, sheet.person.skin)
    lips = mix(dark(sheet.person.skin, 0.22), TERRA, 0.35)
    sheet.head(
        smooth(
            pairs("-34 98, 0 104, 34 98, 18 114, 0 118, -18 114"),
            closed=True,
        ),
        lips,
        0.8,
    )
    sheet.head(
        ribbon(smooth([(-38, 97), (0, 104), (38, 97)]), 2, 5, 2), dark(lips, 0.5)
    )


def grey_front(sheet: Portrait) -> None:
    _beard(sheet)
    _side_part(sheet)


def fade(sheet: Portrait) -> None:
    """Cropped close, with a clean line, and a trimmed chin."""
    hair, skin = sheet.person.hair, sheet.person.skin
    cap = smooth(
        pairs(
            "-130 -30, -134 -104, -98 -184, 0 -212, 98 -184, 134 -104, "
            "130 -30, 118 -52, 112 -104, 84 -128, 0 -134, -84 -128, "
            "-112 -104, -118 -52"
        ),
        closed=True,
    )
    sheet.head(cap, sheen(hair, 0.34))
    with sheet.canvas.within(sheet.lay(cap)):
        sheet.canvas.soft(sheet.lay(oval(-40, -170, 60, 26)), sheen(hair, 1), 18, 0.4)
        for i in range(520):
            turn, reach = i * 2.39996, (i / 520) ** 0.5
            x, y = 140 * reach * math.cos(turn), -120 + 100 * reach * math.sin(turn)
            speck = ribbon([(x, y), (x + 3, y - 4), (x + 6, y - 4)], 2, 3, 1)
            sheet.head(speck, sheen(hair, 0.45 + 0.12 * (i % 3)))
    chin = smooth(
        pairs("-44 150, -20 138, 0 136, 20 138, 44 150, 34 182, 0 193, -34 182"),
        closed=True,
    )
    sheet.head(chin, mix(hair, skin, 0.15), 0.9)
    for side in (-1, 1):
        line = smooth([(side * 3, 80), (side * 26, 78), (side * 48, 94)])
        sheet.head(ribbon(line, 7, 9, 4), mix(hair, skin, 0.2))
