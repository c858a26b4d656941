"""From an uploaded file to the two JPEGs that are kept, or words for the visitor."""

import subprocess
import sys
import threading
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from . import decoder

# The largest photo allowed takes four seconds of computing.
COMPUTING_SECONDS = 15
WAITING_SECONDS = 30

# A large photo takes some hundred MB while it is decoded: two at a time, per worker.
_decoders = threading.BoundedSemaphore(2)

# So that a flood of photos does not hold every thread of the server.
QUEUEING_SECONDS = 20

BUSY = "Many photos are being read just now. Wait a minute and send the form again."
EMPTY = "The file is empty. Choose the photo again, or take a new one."
MESSAGES = {
    decoder.NOT_A_PHOTO: (
        "We cannot open this file as a photo. Choose a JPEG, PNG, WebP, HEIC or AVIF "
        "file."
    ),
    decoder.DAMAGED: (
        "The photo is damaged or incomplete. Choose it again from where it was first "
        "saved, or take a new one."
    ),
    decoder.TOO_MANY_PIXELS: (
        "The photo has too many pixels for us to open. Choose a smaller version of it, "
        "or take a new one at your camera’s normal setting."
    ),
    decoder.TOO_SMALL: (
        "The photo is too small for us to see your scalp. Choose one that is at least "
        f"{decoder.SMALLEST_SIDE} pixels wide and high."
    ),
}


class PhotoRejected(Exception):
    """Its text tells the visitor what is wrong and what to do."""


class DecoderBusy(PhotoRejected):
    """Nothing is wrong with the photo; there is no room to open it now."""


@dataclass(frozen=True)
class PreparedPhoto:
    jpeg: bytes
    preview: bytes
    width: int
    height: int


def prepare(upload: UploadedFile) -> PreparedPhoto:
    """Only the content counts, not the name or type the browser sent."""
    if not upload.size:
        raise PhotoRejected(EMPTY)
    if upload.size > settings.PHOTO_MAX_BYTES:
        raise PhotoRejected(
            f"The photo is larger than {filesizeformat(settings.PHOTO_MAX_BYTES)}. "
            "Choose a smaller version of it, or take a new one at your camera’s normal "
            "setting."
        )
    upload.seek(0)
    if not _decoders.acquire(timeout=QUEUEING_SECONDS):
        raise DecoderBusy(BUSY)
    try:
        answer = _decode_apart(upload.read())
    finally:
        _decoders.release()
    line, _, content = answer.partition(b"\n")
    word, *numbers = line.decode("ascii", "replace").split()[:5] or [""]
    if word != "ok":
        raise PhotoRejected(MESSAGES.get(word, MESSAGES[decoder.DAMAGED]))
    width, height, jpeg_length, preview_length = map(int, numbers)
    jpeg, preview = content[:jpeg_length], content[jpeg_length:]
    if len(preview) != preview_length:
        raise PhotoRejected(MESSAGES[decoder.DAMAGED])
    return PreparedPhoto(jpeg=jpeg, preview=preview, width=width, height=height)


def _decode_apart(data: bytes) -> bytes:
    """The decoder's answer; nothing where it crashed or had to be stopped."""
    limits = [str(settings.PHOTO_MAX_PIXELS), str(COMPUTING_SECONDS)]
    command = [sys.executable, "-I", decoder.__file__, *limits]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, nothing of the visitor's
            command,
            input=data,
            capture_output=True,
            env={},
            cwd="/",
            timeout=WAITING_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return b""
    return done.stdout if done.returncode == 0 else b""
