"""What a picture file says beside the picture itself: place, camera, owner."""

from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from PIL import Image, ImageOps

SAVED_AS = {
    "JPEG": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
    "MPO": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
    "PNG": ("PNG", ".png", {"optimize": True}),
    "WEBP": ("WEBP", ".webp", {"quality": 92}),
    "AVIF": ("AVIF", ".avif", {"quality": 85}),
    "HEIF": ("JPEG", ".jpg", {"quality": 92, "subsampling": 0}),
}


def strip_metadata(file: File) -> ContentFile:
    """The same picture, upright, as a new file that says nothing else.

    HEIC becomes JPEG. Raises what Pillow raises for a file that is no picture;
    the upload form has refused those before.
    """
    file.seek(0)
    with Image.open(file) as image:
        kind, suffix, options = SAVED_AS[image.format]
        upright = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile")
        if kind == "JPEG" and upright.mode not in ("RGB", "L"):
            upright = upright.convert("RGB")
        # The colour profile is part of how the picture looks; it stays.
        if profile and kind != "AVIF":
            options = {**options, "icc_profile": profile}
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
