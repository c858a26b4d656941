"""Hair to the jaw and to the shoulders, for the portraits."""

from .people import Portrait
from .shapes import pairs


def bob_back(sheet: Portrait) -> None:
    """Straight hair to the jaw, behind the face."""
    sheet.mass(
        pairs(
            "0 -238, 110 -214, 170 -110, 178 40, 172 170, 120 206, "
            "60 190, -60 190, -120 206, -172 170, -178 40, -170 -110, "
            "-110 -214"
        ),
        12,
    )


def bob_front(sheet: Portrait) -> None:
    """A fringe swept to both sides, and the curtains of the bob."""
    for side in (-1, 1):
        sheet.mass(
            [
                (side * x, y)
                for x, y in pairs(
                    "-14 -226, 60 -222, 128 -170, 164 -70, 172 60, 166 176, "
                    "122 190, 112 120, 122 20, 106 -60, 56 -128, 0 -160"
                )
            ],
            5,
        )
        for i in range(9):
            sheet.lock(
                [
                    (side * (i * 5), -214 + i * 3),
                    (side * (66 + i * 8), -150 - i * 5),
                    (side * (118 + i * 5), -40),
                    (side * (126 + i * 4.4), 168),
                ],
                0.4 + 0.5 * (i % 3) / 2,
                1,
                4,
                5,
                3,
                1,
            )


def waves_back(sheet: Portrait) -> None:
    """Hair to the shoulders, behind."""
    sheet.mass(
        pairs(
            "0 -240, 118 -218, 178 -120, 186 20, 206 130, 186 250, "
            "110 300, -110 300, -186 250, -206 130, -186 20, -178 -120, "
            "-118 -218"
        ),
        12,
    )


def waves_front(sheet: Portrait) -> None:
    """Parted at the side and falling in waves over the shoulders."""
    for side, top in ((-1, 36), (1, -36)):
        edge = pairs(
            "60 -226, 134 -176, 172 -70, 180 40, 212 130, 204 250, 150 318, "
            "112 262, 142 150, 120 60, 124 -30, 98 -90"
        )
        shape = [(top, -226), *edge, (top + 14, -170)]
        shape = [(side * x, y) for x, y in shape]
        sheet.mass(shape, 6)
        for i in range(10):
            sheet.lock(
                [
                    (side * (top + i * 6), -216 + i * 3),
                    (side * (92 + i * 6), -150 - i * 4),
                    (side * (134 + i * 4), -20),
                    (side * (130 + i * 6), 60),
                    (side * (150 + i * 5), 150),
                    (side * (128 + i * 7), 270),
                ],
                0.45 + 0.5 * (i % 3) / 2,
                1,
                4,
                6,
                5,
                5,
                1,
            )
