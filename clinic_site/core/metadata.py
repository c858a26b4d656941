"""What a picture file says beside the picture itself: place, camera, owner."""

from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from PIL import Image, ImageCms, ImageOps

SAVED_AS = {
    "JPEG": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
    "MPO": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
    "PNG": ("PNG", ".png", {"optimize": True}),
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
    except ImageCms.PyCMSError:
        return image


def strip_metadata(file: File) -> ContentFile:
    """The same picture, upright, as a new file that says nothing else.

    HEIC becomes JPEG. Raises what Pillow raises for a file that is no picture, and
    KeyError for a kind that SAVED_AS does not name; the upload form refuses both.
    """
    file.seek(0)
    with Image.open(file) as image:
        kind, suffix, options = SAVED_AS[image.format]
        upright = in_srgb(ImageOps.exif_transpose(image))
        if kind == "JPEG" and upright.mode not in ("RGB", "L"):
            upright = upright.convert("RGB")
        clean = Image.new(upright.mode, upright.size)
        if upright.mode == "P":
            clean.putpalette(upright.getpalette())
        clean.paste(upright)
        if upright.mode == "P" and "transparency" in upright.info:
            options = {**options, "transparency": upright.info["transparency"]}
        buffer = BytesIO()
        clean.save(buffer, kind, **options)
    name = PurePath(file.name).with_suffix(suffix).name
    return ContentFile(buffer.getvalue(), name=name)
