"""Portraits of clinicians, flat and quiet: a face is a shape, two eyes and a mouth."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from .kit import SQUARE, Canvas
from .paint import (
    BLACK,
    DEEP,
    INK,
    TERRA,
    WHITE,
    Colour,
    Fade,
    Paint,
    dark,
    light,
    mix,
    ruddy,
    sheen,
)
from .shapes import Outline, arc, moved, oval, pairs, ribbon, smooth


def mirrored(half: Outline) -> Outline:
    """A closed curve from its right half, given from top to bottom on the axis."""
    left = [(-x, y) for x, y in half[::-1] if x]
    return smooth([*half, *left], closed=True)


FACE = mirrored(pairs("0 -180, 78 -160, 122 -88, 127 0, 114 78, 72 146, 30 176, 0 181"))


@dataclass(frozen=True)
class Person:
    """What tells one portrait from another."""

    skin: Colour
    hair: Colour
    coat: Colour
    shirt: Colour
    wall: tuple[Colour, Colour]
    disc: Colour
    behind: Callable[["Portrait"], None]
    front: Callable[["Portrait"], None]
    turn: float = 0
    glasses: bool = False
    age: float = 0
    lips: Colour | None = None
    collar: str = "coat"


class Portrait:
    """A canvas with the person's head set on it."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.canvas = Canvas(SQUARE, Fade(*person.wall, 60))

    def lay(self, points: Outline) -> Outline:
        """Head coordinates, the middle of the face at the origin."""
        return moved(points, 500, 425, 1.12, self.person.turn)

    def head(self, points: Outline, paint: Paint, opacity: float = 1) -> None:
        self.canvas.fill(self.lay(points), paint, opacity)

    def lock(self, points: Outline, lit: float, *widths: float) -> None:
        """A lock of hair along a line."""
        line = self.lay(smooth(points, steps=10))
        self.canvas.fill(ribbon(line, *widths), sheen(self.person.hair, lit))

    def mass(self, points: Outline, lift: float = 8) -> None:
        """A body of hair in one piece of paper."""
        hair = self.person.hair
        shape = self.lay(smooth(points, closed=True))
        self.canvas.cut(
            shape, Fade(sheen(hair, 0.62), sheen(hair, 0.2), 70), lift, 0.22
        )


def portrait(person: Person) -> Image.Image:
    """Backdrop, hair behind, shoulders, face, hair in front, glasses."""
    sheet = Portrait(person)
    canvas = sheet.canvas
    canvas.cut(
        oval(500, 470, 390), Fade(light(person.disc, 0.3), person.disc, 60), 14, 0.1
    )
    person.behind(sheet)
    _shoulders(sheet)
    _head(sheet)
    _features(sheet)
    person.front(sheet)
    if person.glasses:
        _glasses(sheet)
    return canvas.finish()


def _shoulders(sheet: Portrait) -> None:
    """Neck, shirt and coat."""
    canvas, person = sheet.canvas, sheet.person
    body = smooth(
        pairs(
            "60 1060, 110 860, 230 770, 400 716, 500 706, 600 716, "
            "770 770, 890 860, 940 1060"
        )
    )
    canvas.cut(
        body, Fade(light(person.coat, 0.12), dark(person.coat, 0.16), 60), 16, 0.2
    )
    neck = pairs("424 520, 428 660, 392 724, 500 850, 608 724, 572 660, 576 520")
    shirt = pairs("400 712, 350 730, 420 1060, 580 1060, 650 730, 600 712")
    if person.collar == "coat":
        canvas.fill(shirt, Fade(light(person.shirt, 0.12), dark(person.shirt, 0.12)))
    if person.collar == "scrubs":
        canvas.fill(
            pairs("392 706, 416 770, 460 830, 500 880, 540 830, 584 770, 608 706"),
            ruddy(person.skin, 0.04),
        )
    canvas.fill(smooth(neck, closed=True), Fade(person.skin, ruddy(person.skin, 0.04)))
    with canvas.within(smooth(neck, closed=True)):
        canvas.soft(moved(sheet.lay(FACE), 6, 46), ruddy(person.skin, 0.75), 14, 0.5)
    for side in (-1, 1):
        _lapel(canvas, person, side)


def _lapel(canvas: Canvas, person: Person, side: int) -> None:
    """One side of the collar."""

    def lay(points: Outline) -> Outline:
        return [(500 + side * x, y) for x, y in points]

    if person.collar == "scrubs":
        band = smooth([(118, 704), (94, 770), (48, 838), (-6, 896)])
        canvas.cut(ribbon(lay(band), 32), dark(person.coat, 0.25), 4, 0.2)
        return
    tips = lay([(70, 690), (132, 730), (92, 826), (4, 846)])
    canvas.cut(tips, Fade(light(person.shirt, 0.3), person.shirt), 5, 0.2)
    edge = pairs(
        "110 700, 190 752, 206 880, 160 912, 182 950, 70 1080, 20 1080, 86 900"
    )
    paint = Fade(light(person.coat, 0.3), dark(person.coat, 0.06), 90 + side * 20)
    canvas.cut(lay(edge), paint, 8, 0.24)


def _head(sheet: Portrait) -> None:
    """Ears, face, and the soft shade on its far side."""
    skin, canvas = sheet.person.skin, sheet.canvas
    for side in (-1, 1):
        ear = moved(oval(0, 0, 23, 42), side * 128, 12, 1, side * 8)
        sheet.head(ear, ruddy(skin, 0.08))
        sheet.head(
            moved(oval(0, 0, 11, 24), side * 130, 12, 1, side * 8), ruddy(skin, 0.2)
        )
    sheet.head(FACE, Fade(light(skin, 0.1), ruddy(skin, 0.05), 60))
    with canvas.within(sheet.lay(FACE)):
        far = smooth(
            pairs("150 -200, 104 -100, 92 0, 96 60, 60 130, 10 190, 160 190"),
            closed=True,
        )
        canvas.soft(sheet.lay(far), ruddy(skin, 0.6), 22, 0.3)
        for side in (-1, 1):
            canvas.soft(sheet.lay(oval(side * 72, 56, 30, 20)), TERRA, 18, 0.3)


def _features(sheet: Portrait) -> None:
    """Brows, eyes, nose and a slight smile."""
    person = sheet.person
    skin = person.skin
    brow = mix(dark(person.hair, 0.3), skin, 0.15)
    for side in (-1, 1):
        line = smooth([(side * 27, -47), (side * 54, -55), (side * 85, -45)])
        sheet.head(ribbon(line, 9, 9, 3), brow)
        lid = smooth([(side * 30, -10), (side * 52, -21), (side * 76, -8)])
        sheet.head(oval(side * 53, -8, 10.5, 12), mix(INK, BLACK, 0.5))
        sheet.head(oval(side * 53 + 4, -13, 3, 3.4), WHITE)
        sheet.head(ribbon(lid, 2, 5, 2.5), ruddy(skin, 0.7))
        if person.age:
            crease = smooth([(side * 34, 62), (side * 52, 78), (side * 58, 100)])
            sheet.head(ribbon(crease, 1, 4, 1), ruddy(skin, 0.35), person.age)
            under = smooth([(side * 38, 12), (side * 54, 18), (side * 70, 12)])
            sheet.head(ribbon(under, 1, 3, 1), ruddy(skin, 0.35), person.age)
    nose = smooth(pairs("7 -20, 12 18, 22 44, 10 55, -8 54, -14 50"))
    sheet.head(ribbon(nose, 1.5, 4, 7, 6, 3), ruddy(skin, 0.26))
    lips = person.lips or mix(ruddy(skin, 0.22), TERRA, 0.35)
    lower = smooth(
        pairs("-37 94, -14 99, 0 101, 14 99, 37 94, 20 114, 0 119, -20 114"),
        closed=True,
    )
    sheet.head(lower, lips, 0.75)
    smile = smooth(pairs("-42 92, -16 99, 0 100, 16 99, 42 92"))
    sheet.head(ribbon(smile, 2, 5, 5, 2), ruddy(mix(skin, TERRA, 0.2), 0.5))


def _glasses(sheet: Portrait) -> None:
    """Round frames."""
    frame = dark(DEEP, 0.5)
    for side in (-1, 1):
        rim = arc(side * 54, -6, 41, 38, 0, 360)
        sheet.head(oval(side * 54, -6, 40, 37), WHITE, 0.16)
        sheet.head(ribbon(rim, 5.5), frame)
        sheet.head(ribbon([(side * 95, -12), (side * 128, -18)], 6), frame)
    sheet.head(ribbon(smooth([(-13, -10), (0, -16), (13, -10)]), 5.5), frame)
