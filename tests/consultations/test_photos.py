import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from consultations.online import photos
from consultations.online.photos import (
    PhotoRejected,
    PreparedPhoto,
    decoder,
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
        for orientation in samples.STORED_AS:
            content = samples.turned(orientation, kind)
            jpeg, preview, _ = decoder.convert(content, most_pixels=10**6)
            assert_upright(jpeg, 400, 600)
            assert_upright(preview, 320, 480)

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
        for kind, mode in (("JPEG", "CMYK"), ("PNG", "P")):
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
        assert "cannot open this file as a photo" in self.words(content, "photo.jpg")

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_photo_cut_short(self, kind):
        whole = samples.noisy(400, 400, kind)
        # A cut AVIF does not even show that it is one.
        words = "cannot open" if kind == "AVIF" else "damaged"
        assert words in self.words(whole[: len(whole) * 2 // 3])

    def test_a_photo_too_small_to_see_anything(self):
        small = samples.encoded(Image.new("RGB", (199, 500)))
        assert "at least 200 pixels" in self.words(small)

    def test_more_pixels_than_we_open(self, settings):
        settings.PHOTO_MAX_PIXELS = 399 * 600
        photo = samples.encoded(samples.quarters())
        assert "too many pixels" in self.words(photo)
        settings.PHOTO_MAX_PIXELS = 400 * 600
        assert prepare(photo)

    def test_what_took_too_long(self, monkeypatch):
        monkeypatch.setattr(intake, "WAITING_SECONDS", 0.001)
        assert "damaged" in self.words(samples.encoded(samples.quarters()))

    @pytest.mark.parametrize("answer", ["ok 2 2 1 1", "ok 2", "ok a b c d", "", "?"])
    def test_what_crashed_the_decoder(self, monkeypatch, tmp_path, answer):
        crash = tmp_path / "crash.py"
        crash.write_text(
            "import os, sys\n"
            f"print({answer!r}, 'xy', sep='\\n', flush=True)\n"
            "sys.stdin.buffer.read()\n"
            "os.abort()\n"
        )
        monkeypatch.setattr(decoder, "__file__", str(crash))
        assert "damaged" in self.words(samples.encoded(samples.quarters()))


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
        bomb, plain = make(), samples.encoded(samples.quarters())
        started = time.monotonic()
        with pytest.raises(PhotoRejected, match=words):
            prepare(bomb)
        assert time.monotonic() - started < 3
        assert peak_memory(bomb)[1] - peak_memory(plain)[1] < 100_000

    def test_beyond_the_memory_allowed_is_turned_down(self):
        large = samples.solid_png(7000, 7000, "RGB")
        answer, peak = peak_memory(large, memory=200_000_000)
        assert answer == b"too-many-pixels\n"
        assert peak < 200_000

    def test_of_endless_passes_is_stopped(self, monkeypatch):
        monkeypatch.setattr(intake, "COMPUTING_SECONDS", 1)
        bomb, started = samples.scan_bomb(passes=5000), time.monotonic()
        assert len(bomb) < 1_000_000
        with pytest.raises(PhotoRejected, match="damaged"):
            prepare(bomb)
        assert time.monotonic() - started < 6


def peak_memory(
    content: bytes, memory: int = decoder.MEMORY_BYTES
) -> tuple[bytes, int]:
    """The decoder's answer to a file, and the most it used, in KB.

    Linux counts what a process had before it became this program as its own, hence
    not resource.getrusage().
    """
    program = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import decoder
decoder.MEMORY_BYTES = int(sys.argv.pop(1))
decoder.main()
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
sys.stderr.write(status["VmHWM"].split()[0])
"""
    folder = str(Path(decoder.__file__).parent)
    command = [sys.executable, "-I", "-Wignore", "-c", program, folder, str(memory)]
    command += [str(settings.PHOTO_MAX_PIXELS), "60"]
    done = subprocess.run(command, input=content, capture_output=True, check=True)
    return done.stdout, int(done.stderr)


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
