"""Which sizes a picture has, who makes them, and what a page shows until then."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult

from articles.models import AnswerPage
from clinic_site.core.models import ClinicImage, ClinicRendition, ClinicSettings
from clinic_site.core.worker import tasks
from clinic_site.core.worker.jobs import make_missing_pictures
from clinic_site.pages.models import HomePage
from tests.factories.blocks import publish_every_block
from tests.factories.core import ClinicFactory, ClinicImageFactory, jpeg

from .test_images import upload

pytestmark = pytest.mark.django_db


@pytest.mark.rendering
@pytest.mark.parametrize(
    ("width", "expected"),
    [(64, [64]), (400, [400]), (700, [400, 700]), (1600, [400, 800, 1280])],
)
def test_no_size_is_made_twice_or_wider_than_the_picture(width, expected):
    image = ClinicImageFactory(file=ContentFile(jpeg((width, 50)), "x.jpg"))

    assert image.renditions.count() == 2 * len(expected)
    picture = BeautifulSoup(shown(image), "html.parser").picture
    widths = [f"{width}w" for width in expected]
    for element in (picture.source, picture.img):
        srcset = element.get("srcset", "")
        found = [part.split(" ")[1] for part in srcset.split(", ") if " " in part]
        assert found == (widths if len(widths) > 1 else [])
        assert element.has_attr("sizes") == (len(widths) > 1)


def shown(image: ClinicImage) -> str:
    page = Template('{% load clinic %}{% picture_tag image sizes="92vw" %}')
    return page.render(Context({"image": image}))


@pytest.mark.rendering
def test_a_tall_picture_is_shown_no_taller_than_a_screen():
    image = ClinicImageFactory(file=ContentFile(jpeg((900, 1600)), "x.jpg"))
    img = BeautifulSoup(shown(image), "html.parser").img
    assert (img["width"], img["height"]) == ("450", "800")


def test_a_picture_without_sizes_keeps_its_place_and_its_words():
    image = ClinicImageFactory()
    image.renditions.all().delete()

    for alt in ("", "Of this figure alone"):
        image.decorative, image.contextual_alt_text = not alt, alt
        img = BeautifulSoup(shown(image), "html.parser").img
        assert (img["width"], img["height"]) == ("64", "40")
        assert img["alt"] == alt
        assert img["src"].endswith("picture-pending.svg")


@pytest.mark.rendering
def test_no_visitor_waits_for_an_encoder(client, home):
    answer = publish_every_block()
    picture = ClinicImage.objects.get()
    for owner in (answer.expert, ClinicSettings.of_default_site()):
        field = "sharing_picture" if hasattr(owner, "sharing_picture") else "picture"
        setattr(owner, field, picture)
        owner.save()
    AnswerPage.objects.update(picture=picture)
    HomePage.objects.update(picture=picture)
    ClinicFactory(picture=picture)
    picture.renditions.all().delete()

    for path in (
        answer.url,
        answer.get_parent().url,
        home.url,
        "/experts/",
        f"/experts/{answer.expert.slug}/",
    ):
        soup = BeautifulSoup(client.get(path).content, "html.parser")
        assert soup.select("main img[src$='picture-pending.svg']"), path
        assert not soup.select("meta[property='og:image']")
        assert soup.select_one("meta[name='twitter:card']")["content"] == "summary"

    assert not ClinicRendition.objects.exists()


def test_another_file_is_sized_anew_under_addresses_no_other_picture_had(
    client_of, home
):
    editor = client_of("Editors")
    upload(editor, "x.jpg", jpeg(colour="red"))
    image = ClinicImage.objects.get()
    addresses = {rendition.url for rendition in image.renditions.all()}
    assert len(addresses) == 2

    for colour in ("green", "blue"):  # the third has the file name of the first
        upload(editor, "x.jpg", jpeg(colour=colour), f"/admin/images/{image.pk}/")
        new = {rendition.url for rendition in image.renditions.all()}
        assert len(new) == 2
        assert not addresses & new
        addresses |= new


def test_the_worker_makes_the_sizes_that_are_missing(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    good, broken = ClinicImageFactory(), ClinicImageFactory()
    broken.file.storage.delete(broken.file.name)
    DBTaskResult.objects.all().delete()  # lost, say, when a backup was restored

    make_missing_pictures()
    while tasks.run_next():
        pass
    make_missing_pictures()

    assert good.renditions.count() == 2
    again = DBTaskResult.objects.get(status="READY")
    assert again.args_kwargs["args"] == [broken.pk], "its next try waits"


def test_a_crop_keeps_the_point_an_editor_chose():
    image = ClinicImageFactory(
        focal_point_x=16, focal_point_y=36, focal_point_width=8, focal_point_height=4
    )
    assert 'class="focus-x-2 focus-y-9"' in shown(image)  # 64 by 40 pixels
