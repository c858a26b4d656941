from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.utils import timezone
from PIL import Image
from wagtail.models import UploadedFile
from wagtail.search import index as search_index

from clinic_site.core.models import ClinicImage
from clinic_site.core.worker.jobs import remove_old_uploads
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


def send_with_others(client, file: bytes, name: str) -> dict:
    """By the admin's form for several pictures, which asks for the words later."""
    form = {"title": name, "collection": 1, "files[]": SimpleUploadedFile(name, file)}
    return client.post("/admin/images/multiple/add/", form).json()


def test_of_several_pictures_each_is_stripped_and_sized_too(client_of, home):
    editor = client_of("Editors")
    photo = photo_with_metadata(orientation=6)
    uploaded = send_with_others(editor, photo, "x.jpg")["uploaded_file_id"]
    prefix = f"uploaded-image-{uploaded}"
    editor.post(
        f"/admin/images/multiple/create_from_uploaded_image/{uploaded}/",
        {
            f"{prefix}-title": "A photo",
            f"{prefix}-description": "A red half",
            f"{prefix}-collection": 1,
        },
    )

    image = ClinicImage.objects.get()
    assert b"canary" not in image.file.open().read()
    assert (image.width, image.height) == (40, 80)
    assert image.renditions.count() == 2


def test_a_picture_is_stored_and_indexed_in_one_piece(client_of, home, monkeypatch):
    """Else the worker, told of it meanwhile, indexes it too and one of them fails."""

    def fail(picture):
        raise IntegrityError("UNIQUE constraint failed")

    monkeypatch.setattr(search_index, "insert_or_update_object", fail)
    prefix = "image-chooser-upload"
    form = {
        f"{prefix}-title": "A photo",
        f"{prefix}-description": "A red half",
        f"{prefix}-collection": 1,
        f"{prefix}-file": SimpleUploadedFile("x.jpg", photo_with_metadata()),
    }
    with pytest.raises(IntegrityError):
        client_of("Editors").post("/admin/images/chooser/create/", form)
    assert not ClinicImage.objects.exists()


def test_a_picture_that_nobody_describes_is_removed_after_a_day(client_of, home):
    send_with_others(client_of("Editors"), photo_with_metadata(), "x.jpg")
    upload = UploadedFile.objects.get()

    remove_old_uploads()
    assert upload.file.storage.exists(upload.file.name)

    with time_machine.travel(timezone.now() + timedelta(days=2)):
        remove_old_uploads()
    assert not upload.file.storage.exists(upload.file.name)
    assert not UploadedFile.objects.exists()


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


def encoded(kind: str, picture: Image.Image, **options) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def see_through() -> Image.Image:
    """Nothing on the left, black on the right."""
    picture = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (30, 0, 60, 40))
    return picture


ODD = {
    "cmyk.jpg": lambda: encoded("JPEG", Image.new("CMYK", (60, 40), (0, 0, 0, 128))),
    "one-pixel.png": lambda: encoded("PNG", Image.new("RGB", (1, 1), "grey")),
    "16-bits.png": lambda: encoded("PNG", Image.new("I;16", (60, 40), 0x8000)),
    "two-colours.png": lambda: encoded("PNG", Image.new("1", (60, 40))),
    "palette.png": lambda: encoded("PNG", see_through().quantize(4)),
    "grey-and-alpha.png": lambda: encoded("PNG", see_through().convert("LA")),
    "alpha.webp": lambda: encoded("WEBP", see_through()),
    "alpha.avif": lambda: encoded("AVIF", see_through()),
    "unreadable-profile.png": lambda: encoded(
        "PNG", Image.new("RGB", (60, 40)), icc_profile=b"none"
    ),
    "moving.webp": lambda: encoded(
        "WEBP", see_through(), save_all=True, append_images=[see_through().rotate(90)]
    ),
}


def upload(client, name: str, file: bytes, path: str = "/admin/images/add/"):
    form = {"title": name, "description": "A parting seen from above", "collection": 1}
    return client.post(path, {**form, "file": SimpleUploadedFile(name, file)})


def odd_sizes(name: str) -> dict[str, Image.Image]:
    image = ClinicImageFactory(file=ContentFile(ODD[name](), name))
    return {spec: Image.open(size.file) for spec, size in image.ready_sizes().items()}


@pytest.mark.rendering
@pytest.mark.parametrize("name", ODD)
def test_an_odd_picture_has_its_sizes_like_any_other(name):
    assert odd_sizes(name).keys() == {"format-jpeg|width-400", "format-avif|width-400"}


@pytest.mark.rendering
@pytest.mark.parametrize("name", ["palette.png", "grey-and-alpha.png", "alpha.avif"])
def test_what_can_be_seen_through_is_white_in_every_format(name):
    for size in odd_sizes(name).values():
        left, right = (size.convert("L").getpixel((x, 20)) for x in (10, 50))
        assert left > 245 and right < 10


@pytest.mark.rendering
def test_a_picture_of_sixteen_bits_is_as_bright_as_before():
    for size in odd_sizes("16-bits.png").values():
        assert 120 < size.convert("L").getpixel((30, 20)) < 136


@pytest.mark.rendering
@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
def test_half_a_file_is_refused_in_words(client_of, home, kind):
    noise = Image.effect_noise((200, 100), 90)
    whole = encoded({"jpg": "JPEG"}.get(kind, kind.upper()), noise)

    response = upload(client_of("Editors"), f"x.{kind}", whole[: len(whole) // 2])

    assert "This file cannot be read as a picture." in response.content.decode()
    assert not ClinicImage.objects.exists()
