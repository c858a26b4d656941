import os
import resource
import stat
import time
import uuid
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from clinic_site.core import encryption
from consultations.online import photos
from consultations.online.photos import (
    PhotoMissing,
    PhotoRejected,
    PreparedPhoto,
    decoder,
    files,
    intake,
)
from tests import photo_samples as samples

JPEG_MAGIC = b"\xff\xd8\xff"
KINDS = ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"]


def prepare(content: bytes, name: str = "photo.jpg") -> PreparedPhoto:
    return photos.prepare(samples.upload(content, name))


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content), formats=["JPEG"])


def near(found: tuple[int, ...], expected: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(found, expected, strict=True))


def assert_upright(content: bytes, width: int, height: int) -> None:
    picture = opened(content)
    assert (picture.size, picture.mode) == ((width, height), "RGB")
    for colour, (across, down) in (
        (samples.RED, (0.25, 0.25)),
        (samples.GREEN, (0.75, 0.25)),
        (samples.BLUE, (0.25, 0.75)),
        (samples.YELLOW, (0.75, 0.75)),
    ):
        at = int(width * across), int(height * down)
        assert near(picture.getpixel(at), colour), f"{at} in {picture.size}"


class TestPrepare:
    @pytest.mark.parametrize("kind", KINDS)
    def test_makes_a_jpeg_of_every_kind_we_ask_for(self, kind):
        photo = prepare(samples.encoded(samples.quarters(), kind))
        assert_upright(photo.jpeg, 400, 600)
        assert_upright(photo.preview, 320, 480)
        assert (photo.width, photo.height) == (400, 600)

    @pytest.mark.parametrize("orientation", samples.STORED_AS)
    def test_turns_a_photo_upright(self, orientation):
        photo = prepare(samples.turned(orientation))
        assert_upright(photo.jpeg, 400, 600)
        assert_upright(photo.preview, 320, 480)

    @pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "HEIF"])
    def test_turns_other_kinds_upright_too(self, kind):
        assert_upright(prepare(samples.turned(6, kind)).jpeg, 400, 600)

    @pytest.mark.parametrize("kind", KINDS)
    def test_keeps_no_metadata(self, kind):
        original = samples.talkative(kind)
        assert samples.PLACE in original
        photo = prepare(original)
        for content in (photo.jpeg, photo.preview):
            assert samples.MARKER not in content
            assert samples.PLACE not in content
            assert b"Exif" not in content
            assert b"ICC_PROFILE" not in content
            assert set(opened(content).info) <= {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
            }

    def test_keeps_nothing_after_the_picture(self):
        for original in (samples.JPEG_WITH_ZIP, samples.PHP_IN_JPEG):
            photo = prepare(original)
            assert photo.jpeg.endswith(b"\xff\xd9")
            for planted in (samples.MARKER, b"PK\x03\x04", b"<?php"):
                assert planted not in photo.jpeg + photo.preview

    def test_scales_a_large_photo_down(self):
        photo = prepare(samples.encoded(samples.quarters(6048, 8064)))
        assert_upright(photo.jpeg, 1536, 2048)
        assert_upright(photo.preview, 360, 480)

    def test_never_scales_up(self):
        photo = prepare(samples.encoded(samples.quarters(200, 300)))
        assert opened(photo.jpeg).size == opened(photo.preview).size == (200, 300)

    def test_ignores_the_name_and_the_type_the_browser_sent(self):
        heic = samples.encoded(samples.quarters(), "HEIF")
        assert_upright(prepare(heic, "../../scan.exe").jpeg, 400, 600)

    @pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "MPO"])
    def test_takes_the_first_of_several_pictures(self, kind):
        assert_upright(prepare(samples.animated(kind)).jpeg, 400, 600)

    def test_is_given_the_same_result_for_the_same_photo(self):
        original = samples.encoded(samples.quarters())
        assert prepare(original) == prepare(original)


class TestColour:
    def middle(self, content: bytes) -> tuple[int, ...]:
        picture = opened(prepare(content).jpeg)
        assert picture.mode == "RGB"
        return picture.getpixel((picture.width // 2 - 5, picture.height // 2 - 5))

    def test_of_print_grey_and_palette_pictures_is_kept(self):
        for kind, mode in (("JPEG", "CMYK"), ("PNG", "P"), ("TIFF", "RGB")):
            if kind != "TIFF":
                content = samples.encoded(samples.quarters(mode=mode), kind)
                assert near(self.middle(content), samples.RED)
        for mode in ("L", "1", "LA"):
            picture = Image.new("L", (300, 300), 255).convert(mode)
            assert near(self.middle(samples.encoded(picture, "PNG")), (255,) * 3)

    @pytest.mark.parametrize("value", [0, 300, 32_768, 65_535])
    def test_of_sixteen_bits_is_scaled_and_not_cut_off(self, value):
        found = self.middle(samples.sixteen_bit_png(value))
        assert near(found, (value // 256,) * 3)

    def test_shows_white_where_a_picture_is_transparent(self):
        clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
        for kind in ("PNG", "WEBP", "AVIF", "HEIF"):
            assert near(self.middle(samples.encoded(clear, kind)), (255,) * 3)
        half = Image.new("RGBA", (300, 300), (255, 0, 0, 128))
        assert near(self.middle(samples.encoded(half, "PNG")), (255, 127, 127))
        for mode in ("P", "L"):
            keyed = Image.new(mode, (300, 300), 0)
            content = samples.encoded(keyed, "PNG", transparency=0)
            assert near(self.middle(content), (255,) * 3)

    def test_follows_the_profile_of_the_photo(self):
        swapped = samples.swapped_colours_profile()
        content = samples.encoded(samples.quarters(), icc_profile=swapped)
        red, _, blue = self.middle(content)
        assert blue > red + 100

    def test_survives_a_broken_or_unfitting_profile(self):
        grey = Image.new("L", (300, 300), 200)
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        for profile in (b"broken", srgb[:200], srgb):
            content = samples.encoded(grey, icc_profile=profile)
            assert near(self.middle(content), (200,) * 3)


class TestRejects:
    def words(self, content: bytes, name: str = "photo.jpg") -> str:
        with pytest.raises(PhotoRejected) as caught:
            prepare(content, name)
        return str(caught.value)

    def test_an_empty_file(self):
        assert "is empty" in self.words(b"")

    def test_a_file_that_is_too_large_without_reading_it(self, settings, monkeypatch):
        settings.PHOTO_MAX_BYTES = 1024 * 1024
        monkeypatch.setattr(intake, "_decode_apart", None)
        words = self.words(b"\0" * (1024 * 1024 + 1))
        assert "larger than 1.0\xa0MB" in words

    @pytest.mark.parametrize(
        "content",
        [
            samples.PDF,
            samples.SVG,
            samples.HTML,
            samples.ZIP,
            samples.GIF_SCRIPT,
            samples.encoded(samples.quarters(), "TIFF"),
            samples.encoded(samples.quarters(), "BMP"),
            b"not a picture",
            b"\xff\xd8\xff",
        ],
        ids=["pdf", "svg", "html", "zip", "gif", "tiff", "bmp", "text", "magic"],
    )
    def test_what_is_not_a_photo_whatever_its_name(self, content):
        assert "not a photo we can open" in self.words(content, "photo.jpg")

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_photo_cut_short(self, kind):
        whole = samples.noisy(400, 400, kind)
        assert "damaged" in self.words(whole[: len(whole) * 2 // 3])

    def test_a_photo_too_small_to_see_anything(self):
        small = samples.encoded(Image.new("RGB", (199, 500)))
        assert "at least 200 pixels" in self.words(small)

    def test_more_pixels_than_we_open(self, settings):
        settings.PHOTO_MAX_PIXELS = 399 * 600
        photo = samples.encoded(samples.quarters())
        assert "too many pixels" in self.words(photo)
        settings.PHOTO_MAX_PIXELS = 400 * 600
        assert prepare(photo)

    def test_what_took_too_long_or_crashed(self, monkeypatch):
        photo = samples.encoded(samples.quarters())
        monkeypatch.setattr(intake, "WAITING_SECONDS", 0.001)
        assert "damaged" in self.words(photo)
        monkeypatch.undo()
        monkeypatch.setattr(intake, "COMPUTING_SECONDS", 0)
        assert "damaged" in self.words(photo)


class TestBomb:
    """Each is small to send and huge to open."""

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            (lambda: samples.png(60_000, 60_000), "too many pixels"),
            (lambda: samples.solid_png(10_000, 10_000), "too many pixels"),
            (lambda: samples.solid_png(13_000, 13_000), "too many pixels"),
            (samples.text_bomb, "damaged"),
            (samples.colour_profile_bomb, "damaged"),
            (samples.understated_heic, "damaged"),
        ],
        ids=["header", "100 MP", "169 MP", "text", "profile", "heic"],
    )
    def test_is_turned_down_with_little_work(self, make, words):
        content = make()
        before, started = children_peak(), time.monotonic()
        with pytest.raises(PhotoRejected, match=words):
            prepare(content)
        assert time.monotonic() - started < 3
        assert children_peak() - before < 200_000

    def test_of_endless_passes_is_stopped(self, monkeypatch):
        monkeypatch.setattr(intake, "COMPUTING_SECONDS", 1)
        bomb, started = samples.scan_bomb(passes=5000), time.monotonic()
        assert len(bomb) < 1_000_000
        with pytest.raises(PhotoRejected, match="damaged"):
            prepare(bomb)
        assert time.monotonic() - started < 6

    def test_that_understates_its_size_costs_the_site_no_memory(self):
        bomb = samples.understated_avif()
        before = own_memory()
        try:
            prepare(bomb)
        finally:
            assert own_memory() - before < 50_000


class TestDecoder:
    """In this process, for speed: any bytes make a picture or one of four reasons."""

    REASONS = {
        decoder.NOT_A_PHOTO,
        decoder.DAMAGED,
        decoder.TOO_MANY_PIXELS,
        decoder.TOO_SMALL,
    }
    WHOLE = {kind: samples.noisy(240, 220, kind) for kind in KINDS}

    def convert(self, content: bytes) -> None:
        try:
            jpeg, preview, size = decoder.convert(content, most_pixels=1_000_000)
        except decoder.Unusable as error:
            assert str(error) in self.REASONS
        else:
            assert opened(jpeg).size == size
            assert opened(preview).size <= size

    @given(st.binary(max_size=300), st.sampled_from(["", *KINDS]))
    def test_answers_to_made_up_bytes(self, made_up, kind):
        head = self.WHOLE[kind][:40] if kind else b""
        self.convert(head + made_up)

    @pytest.mark.filterwarnings("ignore")  # a decoder may complain, as in production
    @pytest.mark.parametrize("kind", KINDS)
    @hypothesis_settings(
        deadline=None, suppress_health_check=[HealthCheck.differing_executors]
    )
    @given(data=st.data())
    def test_answers_to_a_damaged_photo(self, kind, data):
        content = bytearray(self.WHOLE[kind])
        # The beginning is where the structure is.
        places = st.integers(0, 600) | st.integers(0, len(content) - 1)
        for _ in range(data.draw(st.integers(1, 8))):
            content[data.draw(places) % len(content)] = data.draw(st.integers(0, 255))
        self.convert(bytes(content[: data.draw(st.integers(0, len(content)))]))
        self.convert(bytes(content))

    def test_gets_neither_our_environment_nor_our_code(self, monkeypatch):
        seen = {}
        run = intake.subprocess.run

        def look(command, **options):
            seen.update(options, command=command)
            return run(command, **options)

        monkeypatch.setattr(intake.subprocess, "run", look)
        prepare(samples.encoded(samples.quarters()))
        assert seen["env"] == {}
        assert "-I" in seen["command"]


def own_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def children_peak() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.PRIVATE_MEDIA_ROOT / "photos"


@pytest.fixture
def photo() -> PreparedPhoto:
    jpeg = samples.encoded(samples.quarters())
    return PreparedPhoto(jpeg=jpeg, preview=jpeg[:900], width=400, height=600)


@pytest.fixture
def photo_id() -> uuid.UUID:
    return uuid.uuid4()


@pytest.fixture
def name(folder, photo, photo_id) -> str:
    return photos.store(photo, photo_id=photo_id)


def only_file(folder: Path) -> Path:
    (found,) = (path for path in folder.rglob("*") if path.is_file())
    return found


class TestStoredPhoto:
    def test_is_read_back_in_both_sizes(self, name, photo, photo_id):
        assert photos.read(name, photo_id=photo_id) == photo.jpeg
        assert photos.read(name, photo_id=photo_id, size="preview") == photo.preview

    def test_is_one_encrypted_file_for_our_eyes_only(self, name, folder, photo_id):
        path = only_file(folder)
        assert path == folder / name[:2] / f"{name}.bin"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        for above in (path.parent, folder, folder.parent):
            assert stat.S_IMODE(above.stat().st_mode) == 0o700
        content = path.read_bytes()
        assert JPEG_MAGIC not in content
        assert b"JFIF" not in content
        assert photo_id.hex not in str(path)

    def test_does_not_open_for_another_photo_or_size(self, name, photo_id, folder):
        with pytest.raises(encryption.DecryptionFailed):
            photos.read(name, photo_id=uuid.uuid4())
        preview, full = files._blobs(name)
        files._write(files._path(name), full, preview)
        for size in ("full", "preview"):
            with pytest.raises(encryption.DecryptionFailed):
                photos.read(name, photo_id=photo_id, size=size)

    def test_cut_short_or_changed_does_not_open(self, name, photo_id, folder):
        path = only_file(folder)
        whole = path.read_bytes()
        for length in (0, 3, 4, 20, len(whole) - 1):
            path.write_bytes(whole[:length])
            with pytest.raises(encryption.DecryptionFailed):
                photos.read(name, photo_id=photo_id)
        path.write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
        with pytest.raises(encryption.DecryptionFailed):
            photos.read(name, photo_id=photo_id)

    def test_is_gone_once_deleted_however_often(self, name, photo_id, folder):
        photos.delete(name)
        photos.delete(name)
        assert list(photos.stored_names()) == []
        with pytest.raises(PhotoMissing):
            photos.read(name, photo_id=photo_id)

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "..",
            "../../../etc/passwd",
            "/etc/passwd",
            "ab/" + "a" * 32,
            "a" * 31,
            "a" * 33,
            "A" * 32,
            "a" * 32 + "\n",
            "a" * 31 + "\0",
            "a" * 32 + ".bin",
            "%2e%2e%2f" + "a" * 23,
            "а" * 32,  # noqa: RUF001 - Cyrillic
        ],
    )
    def test_has_no_other_kind_of_name(self, wrong, folder):
        for use in (
            lambda: photos.read(wrong, photo_id=uuid.uuid4()),
            lambda: photos.delete(wrong),
        ):
            with pytest.raises(ValueError, match="not a name"):
                use()

    def test_is_listed_with_its_age(self, name, photo, folder):
        other = photos.store(photo, photo_id=uuid.uuid4())
        (folder / "ab").mkdir(exist_ok=True)
        (folder / "ab" / "note.txt").write_text("not ours")
        listed = dict(photos.stored_names())
        assert listed.keys() == {name, other}
        assert all(abs(written - time.time()) < 60 for written in listed.values())

    def test_leaves_nothing_when_the_disk_is_full(
        self, photo, photo_id, folder, monkeypatch
    ):
        def full_disk(descriptor):
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", full_disk)
            with pytest.raises(OSError, match="No space"):
                photos.store(photo, photo_id=photo_id)
        assert list(photos.stored_names()) == []

    def test_is_on_the_disk_under_its_name_before_store_returns(
        self, photo, photo_id, folder, monkeypatch
    ):
        synced = []
        fsync = os.fsync

        def watch(descriptor):
            synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
            fsync(descriptor)

        monkeypatch.setattr(files.os, "fsync", watch)
        name = photos.store(photo, photo_id=photo_id)
        written = synced.index(next(path for path in synced if path.suffix == ".bin"))
        assert folder / name[:2] in synced[written:]
        assert {folder, folder.parent} <= set(synced[:written])


class TestRotation:
    @pytest.fixture
    def old_photo(self, photo, photo_id, folder, settings) -> tuple[uuid.UUID, str]:
        new, old = settings.ENCRYPTION_KEYS
        settings.ENCRYPTION_KEYS = [old]
        name = photos.store(photo, photo_id=photo_id)
        settings.ENCRYPTION_KEYS = [new, old]
        return photo_id, name

    def test_brings_files_to_the_newest_key_in_place(
        self, old_photo, name, photo_id, photo, settings
    ):
        all_of_them = [old_photo, (photo_id, name)]
        done = photos.rotate(all_of_them, dry_run=False)
        assert (dict(done.found), done.rewritten) == ({"old": 2, "new": 2}, 2)
        assert photos.rotate(all_of_them, dry_run=False).rewritten == 0

        settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
        assert photos.read(old_photo[1], photo_id=photo_id) == photo.jpeg
        assert len(list(photos.stored_names())) == 2

    def test_only_counts_in_a_dry_run(self, old_photo, folder):
        before = only_file(folder).read_bytes()
        assert photos.rotate([old_photo], dry_run=True).found["old"] == 2
        assert only_file(folder).read_bytes() == before

    def test_names_what_it_cannot_read_and_does_the_rest(self, old_photo, photo):
        lost = uuid.uuid4()
        done = photos.rotate([(lost, "a" * 32), old_photo], dry_run=False)
        assert done.unreadable == [f"photo {lost}"]
        assert done.rewritten == 2


class TestPrivateFolderCheck:
    def test_passes_a_folder_of_its_own(self, settings):
        assert files.check_private_media_root() == []

    def test_names_a_served_folder_around_it(self, settings, tmp_path):
        private = settings.PRIVATE_MEDIA_ROOT = tmp_path / "a" / ".." / "media" / "x"
        for name, value in (
            ("MEDIA_ROOT", str(tmp_path / "media")),
            ("STATIC_ROOT", private),
            ("STATICFILES_DIRS", [tmp_path / "other", ("prefix", tmp_path)]),
        ):
            settings.MEDIA_ROOT = settings.STATIC_ROOT = tmp_path / "elsewhere"
            settings.STATICFILES_DIRS = []
            setattr(settings, name, value)
            (error,) = files.check_private_media_root()
            assert error.msg.startswith(f"PRIVATE_MEDIA_ROOT lies inside {name}")
