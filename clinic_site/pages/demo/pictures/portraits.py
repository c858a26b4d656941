"""Who the five clinicians of the portraits are."""

from PIL import Image

from .hairdos import afro, afro_front, fade, grey_front, nothing
from .hairdos_long import bob_back, bob_front, waves_back, waves_front
from .paint import (
    BLACK,
    BLUSH,
    CLAY,
    DEEP,
    FOAM,
    GREY,
    IVORY,
    MIST,
    SAGE,
    SAND,
    SKIN,
    TEAL,
    TERRA,
    WHITE,
    mix,
    shade,
)
from .people import Person, portrait

PAPER = shade("f7f4ec")


PEOPLE = (
    Person(
        SKIN[3],
        BLACK,
        TEAL,
        IVORY,
        (IVORY, SAND),
        BLUSH,
        afro,
        afro_front,
        -2,
        lips=mix(SKIN[3], TERRA, 0.6),
    ),
    Person(
        SKIN[2],
        GREY,
        PAPER,
        SAGE,
        (FOAM, MIST),
        SAGE,
        nothing,
        grey_front,
        1.5,
        glasses=True,
        age=0.5,
    ),
    Person(
        mix(SKIN[0], SKIN[1], 0.35),
        BLACK,
        TEAL,
        WHITE,
        (SAND, CLAY),
        IVORY,
        bob_back,
        bob_front,
        2,
        collar="scrubs",
        lips=mix(SKIN[0], TERRA, 0.7),
    ),
    Person(SKIN[4], BLACK, PAPER, DEEP, (IVORY, SAND), MIST, nothing, fade, -1.5),
    Person(
        SKIN[1],
        mix(GREY, WHITE, 0.25),
        TERRA,
        IVORY,
        (FOAM, MIST),
        SAND,
        waves_back,
        waves_front,
        -2,
        glasses=True,
        age=0.7,
        lips=mix(SKIN[1], TERRA, 0.65),
    ),
)


def person(number: int) -> Image.Image:
    """One of the five, counted from 1."""
    return portrait(PEOPLE[number - 1])
