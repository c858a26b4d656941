"""The demo's pictures: all of them draw, the same way every time."""

from io import BytesIO

import pytest
from PIL import Image

from clinic_site.pages.demo import pictures


@pytest.mark.parametrize("name", pictures.NAMES)
def test_every_name_draws_a_picture_of_its_size(name):
    picture = pictures.draw(name)
    assert picture.mode == "RGB"
    assert picture.size == (
        (1000, 1000) if name.startswith("person-") else (1600, 1000)
    )
    assert len(picture.resize((100, 100)).getcolors(10_000)) > 100


def test_there_are_five_people_and_two_branches():
    assert len(set(pictures.NAMES)) == len(pictures.NAMES)
    assert sum(name.startswith("person-") for name in pictures.NAMES) == 5
    assert sum(name.startswith("branch-") for name in pictures.NAMES) == 2


@pytest.mark.parametrize("name", ["pattern-women", "person-1"])
def test_the_same_name_gives_the_same_bytes(name):
    assert pictures.jpeg(name) == pictures.jpeg(name)
    assert pictures.draw(name).tobytes() == pictures.draw(name).tobytes()


def test_the_jpeg_is_progressive_and_carries_no_metadata():
    picture = Image.open(BytesIO(pictures.jpeg("calendar")))
    assert picture.format == "JPEG"
    assert picture.info.get("progressive")
    assert not picture.getexif()
    assert not {"exif", "comment", "icc_profile", "xmp"} & set(picture.info)


def test_an_unknown_name_is_a_key_error_that_says_it():
    with pytest.raises(KeyError, match="no-such-picture"):
        pictures.draw("no-such-picture")
