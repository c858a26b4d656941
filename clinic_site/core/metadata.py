"""What a picture file says beside the picture itself: place, camera, owner."""

from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

SAVED_AS = {
    "JPEG": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
    "MPO": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
    "PNG": ("PNG", ".png", {}),
    "WEBP": ("WEBP", ".webp", {"quality": 92}),
    "AVIF": ("AVIF", ".avif", {"quality": 85}),
    "HEIF": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
}


def in_srgb(image: Image.Image) -> Image.Image:
    """The same colours without a profile of its own; what cannot be read is ignored."""
    profile = image.info.get("icc_profile")
    if not profile:
        return image
    mode = {"CMYK": "RGB", "LAB": "RGB"}.get(image.mode, image.mode)
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, own, srgb, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return image


def opaque(image: Image.Image) -> Image.Image:
    """In colours or greys of eight bits, on white where it was see-through.

    Every format can store that and every browser shows it the same, on a dark page
    too.
    """
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image.convert("RGBA"))
    return image if image.mode in ("RGB", "L") else image.convert("RGB")


def strip_metadata(file: File, *, name: str) -> ContentFile:
    """The same picture, upright, as a new file that says nothing else.

    HEIC becomes JPEG. Raises what Pillow raises for a file that is no picture, and
    KeyError for a kind that SAVED_AS does not name; the upload form refuses both.
    """
    file.seek(0)
    with Image.open(file) as image:
        kind, suffix, options = SAVED_AS[image.format]
        upright = opaque(in_srgb(ImageOps.exif_transpose(image)))
        clean = Image.new(upright.mode, upright.size)
        clean.paste(upright)
        buffer = BytesIO()
        clean.save(buffer, kind, **options)
    return ContentFile(buffer.getvalue(), PurePath(name).with_suffix(suffix).name)
