from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult
from PIL import Image

from clinic_site.core.models import ClinicImage
from tests.factories.core import ClinicImageFactory

pytestmark = pytest.mark.django_db
GPS = 0x8825
ORIENTATION = 0x0112


def photo_with_metadata(kind: str = "JPEG", orientation: int = 1) -> bytes:
    image = Image.new("RGB", (80, 40), "white")
    image.paste("red", (0, 0, 40, 40))  # the left half
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[0x010F] = "canary-camera"
    exif.get_ifd(GPS)[2] = (51.0, 30.0, 0.0)
    buffer = BytesIO()
    options = {"comment": b"canary-comment"} if kind == "JPEG" else {}
    image.save(buffer, kind, exif=exif, **options)
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_an_uploaded_picture_keeps_nothing_but_the_picture(kind):
    uploaded = photo_with_metadata(kind)
    assert b"canary-camera" in uploaded

    image = ClinicImageFactory(file=ContentFile(uploaded, f"x.{kind.lower()}"))

    stored = image.file.open().read()
    assert b"canary" not in stored
    with Image.open(BytesIO(stored)) as again:
        assert not again.getexif()
        assert again.size == (80, 40)


def test_its_sizes_hold_no_metadata_either():
    image = ClinicImageFactory(file=ContentFile(photo_with_metadata(), "x.jpg"))
    rendition = image.get_rendition("format-jpeg|width-400")
    assert b"canary" not in rendition.file.open().read()


def test_a_picture_lying_on_its_side_is_stored_upright():
    image = ClinicImageFactory(
        file=ContentFile(photo_with_metadata(orientation=6), "x.jpg")
    )
    assert (image.width, image.height) == (40, 80)
    with Image.open(image.file.open()) as upright:
        red, green, _ = upright.getpixel((20, 10))
        assert red > 200 and green < 80  # what was left is on top now


def test_saving_again_does_not_encode_again():
    image = ClinicImageFactory()
    before = image.file.name, image.file_hash
    image.title = "Another title"
    image.save()
    assert (image.file.name, image.file_hash) == before


def test_an_editor_must_say_what_the_picture_shows(client_of, home):
    editor = client_of("Editors")
    upload = SimpleUploadedFile("x.jpg", photo_with_metadata(), "image/jpeg")
    form = {"title": "A photo", "file": upload, "collection": 1, "description": ""}

    response = editor.post("/admin/images/add/", form)
    assert response.status_code == 200
    assert not ClinicImage.objects.exists()

    upload.seek(0)
    editor.post("/admin/images/add/", {**form, "description": "A red half"})
    image = ClinicImage.objects.get()
    assert image.default_alt_text == "A red half"


def test_originals_are_not_served(client, home):
    image = ClinicImageFactory()
    rendition = image.get_rendition("format-jpeg|width-400")
    assert client.get(rendition.url).status_code == 200
    assert "immutable" in client.get(rendition.url)["Cache-Control"]
    assert client.get(image.file.url).status_code == 404
    name = image.file.name.rpartition("/")[2]
    for path in (
        "../original_images/",
        "..%2foriginal_images%2f",
        "//original_images/",
    ):
        assert client.get(f"/media/images/{path}{name}").status_code == 404


def test_a_visitor_never_waits_for_an_encoder(settings):
    image = ClinicImageFactory()
    image.renditions.all().delete()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    page = Template('{% load clinic %}{% picture_tag image sizes="92vw" %}')

    shown = [page.render(Context({"image": image})) for _ in range(2)]

    assert shown == ["", ""]
    assert image.renditions.count() == 0
    asked = DBTaskResult.objects.filter(args_kwargs__args=[image.pk])
    assert asked.count() == 1, "the worker is asked once a minute"


def test_a_crop_keeps_the_point_an_editor_chose():
    image = ClinicImageFactory(
        focal_point_x=16, focal_point_y=36, focal_point_width=8, focal_point_height=4
    )
    page = Template('{% load clinic %}{% picture_tag image sizes="92vw" %}')
    html = page.render(Context({"image": image}))  # 64 by 40 pixels
    assert 'class="focus-x-2 focus-y-9"' in html
