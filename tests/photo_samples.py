"""Pictures as bytes, made when a test asks: good ones, odd ones and hostile ones."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

pillow_heif.register_heif_opener()

RED, GREEN, BLUE, YELLOW = (220, 20, 20), (20, 180, 20), (20, 20, 220), (230, 220, 20)
MARKER = b"PLANTED-MARKER"
PLACE = b"51.5074-NORTH"

# How a camera writes a picture that is upright once the orientation is applied.
STORED_AS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def quarters(width: int = 400, height: int = 600, mode: str = "RGB") -> Image.Image:
    """Red, green over blue, yellow: shows which way up a picture is."""
    picture = Image.new("RGB", (width, height))
    half_width, half_height = width // 2, height // 2
    for colour, corner in (
        (RED, (0, 0)),
        (GREEN, (half_width, 0)),
        (BLUE, (0, half_height)),
        (YELLOW, (half_width, half_height)),
    ):
        picture.paste(
            colour, (*corner, corner[0] + half_width, corner[1] + half_height)
        )
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str = "JPEG", **options) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def exif(orientation: int = 1) -> Image.Exif:
    """Orientation, camera and position, with the markers in them."""
    data = Image.Exif()
    data[0x0112] = orientation
    data[0x010F] = MARKER.decode()
    data.get_ifd(0x8825)[0x001D] = PLACE.decode()
    return data


def turned(orientation: int, kind: str = "JPEG") -> bytes:
    """`quarters()` as a camera held another way would write it."""
    picture = quarters()
    if STORED_AS[orientation] is not None:
        picture = picture.transpose(STORED_AS[orientation])
    return encoded(picture, kind, exif=exif(orientation).tobytes())


def talkative(kind: str) -> bytes:
    """A photo with all the metadata its format can carry."""
    options = {
        "exif": exif().tobytes(),
        "xmp": b"<x:xmpmeta>" + MARKER + b"</x:xmpmeta>",
        "icc_profile": profile_with_marker(),
    }
    if kind == "JPEG":
        options["comment"] = MARKER
    if kind == "PNG":
        options["pnginfo"] = notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", MARKER.decode())
        notes.add_itxt("XML:com.adobe.xmp", MARKER.decode())
        del options["xmp"]
    return encoded(quarters(), kind, **options)


def profile_with_marker() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + MARKER


def swapped_colours_profile() -> bytes:
    """An sRGB profile with red and blue exchanged: ignoring it shows."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ")
    return swapped.replace(b"????", b"bXYZ")


def sixteen_bit_png(value: int, side: int = 300) -> bytes:
    return encoded(Image.new("I;16", (side, side), value), "PNG")


def animated(kind: str) -> bytes:
    frames = [quarters(), Image.new("RGB", (400, 600), "black")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:])


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG written by hand: eight bit grey, black, with extra chunks before it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    parts = [(b"IHDR", header), *chunks, (b"IDAT", rows), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body))
        + name
        + body
        + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )


def text_bomb() -> bytes:
    """A PNG whose 300 MB comment packs into 300 KB."""
    return png(
        300, 300, (b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 300_000_000, 1))
    )


def colour_profile_bomb() -> bytes:
    return png(300, 300, (b"iCCP", b"icc\0\0" + zlib.compress(b"a" * 300_000_000, 1)))


def solid_png(width: int, height: int, mode: str = "1") -> bytes:
    """A real, complete picture of many pixels in few bytes."""
    return encoded(Image.new(mode, (width, height)), "PNG")


def scan_bomb(passes: int) -> bytes:
    """A progressive JPEG of 55 MP that asks to be gone over again and again."""
    plain = encoded(Image.new("L", (7400, 7400), 128), progressive=True)
    last = plain[plain.rindex(b"\xff\xda") : -2]
    return plain[:-2] + last * passes + b"\xff\xd9"


def understated_heic() -> bytes:
    honest = encoded(Image.new("RGB", (1500, 1500), RED), "HEIF", quality=30)
    return honest.replace(struct.pack(">II", 1500, 1500), struct.pack(">II", 300, 300))


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" * 20
SVG = (
    b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="900" '
    b'height="900"><script>alert(1)</script></svg>'
)
HTML = b"<!doctype html><script>alert(document.domain)</script>" * 10
GIF_SCRIPT = encoded(quarters(), "GIF") + b"/**/=1;alert(1)//"
PHP_IN_JPEG = encoded(quarters(), comment=b"<?php system($_GET['c']); ?>")
ZIP = b"PK\x03\x04\x14\0\0\0\0\0" + MARKER + b"PK\x05\x06" + b"\0" * 18
JPEG_WITH_ZIP = encoded(quarters()) + ZIP


def noisy(width: int, height: int, kind: str = "JPEG", **options) -> bytes:
    """As hard to decode as a photo: coarse shapes under fine grain."""
    coarse = Image.effect_noise((width // 40, height // 40), 90).resize((width, height))
    grain = Image.effect_noise((width, height), 25)
    picture = Image.merge("RGB", (coarse, grain, Image.blend(coarse, grain, 0.5)))
    return encoded(picture, kind, **options)
