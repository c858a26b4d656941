"""Turns a picture from a stranger into two clean JPEGs, in a process of its own.

Decoders are large programs in C that a crafted file may crash, fill with memory or
keep busy for an hour: a JPEG of a few KB can ask for thousands of passes, an AVIF can
understate its size. Here that ends this process and no visitor's request. It gets no
environment, so no keys; it imports nothing of the site.

    python decoder.py <most pixels> <seconds of computing> < picture
"""

import contextlib
import resource
import sys
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF")
FULL_SIDE = 2048
PREVIEW_SIDE = 480
SMALLEST_SIDE = 200
QUALITY = 85

# A photo of 12 MP takes 130 MB; the largest allowed, up to 950 MB as a WebP.
MEMORY_BYTES = 1024 * 1024 * 1024

NOT_A_PHOTO = "not-a-photo"
DAMAGED = "damaged"
TOO_MANY_PIXELS = "too-many-pixels"
TOO_SMALL = "too-small"

pillow_heif.register_heif_opener()


class Unusable(Exception):
    """One of the reasons above."""


def convert(data: bytes, *, most_pixels: int) -> tuple[bytes, bytes, tuple[int, int]]:
    """The picture upright, as sRGB JPEG without metadata; its preview; its size."""
    try:
        picture = _clean(_load(data, most_pixels))
        preview = _fit(picture, PREVIEW_SIDE)
        return _to_jpeg(picture), _to_jpeg(preview), picture.size
    except Unusable:
        raise
    except UnidentifiedImageError as error:
        raise Unusable(NOT_A_PHOTO) from error
    except (
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
        MemoryError,
    ) as error:
        raise Unusable(TOO_MANY_PIXELS) from error
    except Exception as error:
        # On hostile bytes decoders raise whatever comes to hand.
        raise Unusable(DAMAGED) from error


def _load(data: bytes, most_pixels: int) -> Image.Image:
    picture = Image.open(BytesIO(data), formats=FORMATS)
    width, height = picture.size  # from the header: nothing is decoded yet
    if width * height > most_pixels:
        raise Unusable(TOO_MANY_PIXELS)
    if min(width, height) < SMALLEST_SIDE:
        raise Unusable(TOO_SMALL)
    if picture.format in ("JPEG", "MPO"):
        # Has the decoder halve a very large photo, as long as enough is left.
        picture.draft(None, (FULL_SIDE, FULL_SIDE))
    picture.load()
    return picture


def _clean(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    picture = _fit(_plain_mode(picture), FULL_SIDE)
    picture = ImageOps.exif_transpose(picture)
    if picture.mode == "RGBA":
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(picture, mask=picture.getchannel("A"))
        picture = flat
    picture = _to_srgb(picture, profile)
    # A new image, for the encoder copies some of the old one's metadata.
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    return bare


def _plain_mode(picture: Image.Image) -> Image.Image:
    """RGB, RGBA, L or CMYK at eight bits, whatever the file holds."""
    if picture.mode.startswith("I"):
        # Pillow would cut sixteen bits off at 255 instead of scaling them.
        picture = picture.point(lambda value: value / 256).convert("L")
        picture.info.pop("transparency", None)
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in ("RGB", "L", "CMYK"):
        return picture
    return picture.convert("RGB")


def _fit(picture: Image.Image, side: int) -> Image.Image:
    scale = side / max(picture.size)
    if scale >= 1:
        return picture
    size = tuple(max(1, round(length * scale)) for length in picture.size)
    return picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        # A profile that is broken or for another kind of picture is no reason to
        # turn a photo down: its colours are only a little off without.
        with contextlib.suppress(ImageCms.PyCMSError, OSError):
            return ImageCms.profileToProfile(
                picture,
                ImageCms.ImageCmsProfile(BytesIO(profile)),
                ImageCms.createProfile("sRGB"),
                outputMode="RGB",
            )
    return picture.convert("RGB")


def _to_jpeg(picture: Image.Image) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, optimize=True)
    return file.getvalue()


def _limit_this_process(seconds: int) -> None:
    for limit, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Not every system knows each of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (value, value))


def main() -> None:
    """Answer with one line, and after "ok" the JPEG and its preview."""
    most_pixels, seconds = map(int, sys.argv[1:])
    _limit_this_process(seconds)
    data = sys.stdin.buffer.read()
    try:
        jpeg, preview, (width, height) = convert(data, most_pixels=most_pixels)
    except Unusable as error:
        sys.stdout.buffer.write(f"{error}\n".encode())
    else:
        answer = f"ok {width} {height} {len(jpeg)} {len(preview)}\n"
        sys.stdout.buffer.write(answer.encode() + jpeg + preview)


if __name__ == "__main__":
    main()
