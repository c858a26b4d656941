"""Somebody far away sends their history and a photo from their phone."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from .conftest import PHONE
from .visitor import Visitor

ONLINE = "/online-consultation/"
ORIENTATION, GPS, LATITUDE_SIDE, LATITUDE = 0x0112, 0x8825, 0x0001, 0x0002


@pytest.fixture
def photo(tmp_path) -> Path:
    """As a phone held upright takes it: stored lying down, with the place in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS).update({LATITUDE_SIDE: "N", LATITUDE: (51.0, 30.0, 26.0)})
    path = tmp_path / "scalp.jpg"
    noise = Image.effect_noise((1600, 1200), 60).convert("RGB")
    noise.save(path, exif=exif.tobytes())
    return path


def when_they_answer_all_but_one_question(visitor: Visitor, photo: Path) -> None:
    page = visitor.page
    page.get_by_label("25 to 34").check()
    page.get_by_label("Which country do you live in?").select_option("Portugal")
    page.get_by_label("What is happening").fill("My parting became wider.")
    page.get_by_label("Since when?").fill("About a year")
    page.get_by_label("Photos of your scalp").set_input_files(photo)
    page.get_by_label("Email address").fill("far.away@visitor.example")
    page.get_by_label("use the health information").check()
    page.get_by_label("look at the photos").check()
    when_they_send_it(visitor)


def when_they_send_it(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Send my answers and photos").click()


def then_nothing_is_lost_and_the_photo_is_listed(visitor: Visitor) -> None:
    page = visitor.page
    summary = page.get_by_role("alert", name="There is a problem")
    expect(summary.get_by_role("listitem")).to_have_text(["Enter your name"])
    expect(page.get_by_label("What is happening")).to_have_value(
        "My parting became wider."
    )
    expect(
        page.get_by_role("group", name="We already have these photos")
    ).to_be_visible()
    # Upright now: 1600 by 1200 was how the phone stored it.
    expect(page.get_by_label("Photo 1 (1200 × 1600)")).not_to_be_checked()


def then_it_has_arrived(visitor: Visitor) -> None:
    visitor.see("We have your answers and photos")
    visitor.see("OC-")


@pytest.mark.parametrize(
    "scripts", [True, False], ids=["with scripts", "without scripts"]
)
def test_a_photo_survives_an_error_and_arrives_with_the_answers(visit, photo, scripts):
    visitor = visit(ONLINE, viewport=PHONE, java_script_enabled=scripts)
    when_they_answer_all_but_one_question(visitor, photo)
    then_nothing_is_lost_and_the_photo_is_listed(visitor)

    visitor.page.get_by_label("Your name").fill("Far Away")
    when_they_send_it(visitor)
    then_it_has_arrived(visitor)
