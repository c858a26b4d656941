"""Where photos lie: one encrypted file each, under PRIVATE_MEDIA_ROOT/photos/.

A file holds the length of the preview's blob (four bytes), that blob, and the blob of
the full picture. Names are random and say nothing of the photo.
"""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.core import checks

from clinic_site.core import encryption

from .intake import PreparedPhoto

NAME = re.compile(r"[0-9a-f]{32}")
ENDING = ".bin"
LENGTH_BYTES = 4


class PhotoMissing(Exception):
    """There is no file of that name, for instance because it was deleted since."""


def store(photo: PreparedPhoto, *, photo_id: UUID) -> str:
    """Encrypt and write; the name is returned once the file would survive a crash.

    A file whose row is never committed stays behind: see `stored_names()`.
    """
    name = secrets.token_hex(16)
    preview, full = (
        encryption.encrypt(content, bound_to=_bound_to(photo_id, size))
        for content, size in ((photo.preview, "preview"), (photo.jpeg, "full"))
    )
    _write(_path(name), preview, full)
    return name


def read(
    stored_name: str, *, photo_id: UUID, size: Literal["full", "preview"] = "full"
) -> bytes:
    """The JPEG; encryption.DecryptionFailed if the file is another photo's."""
    preview, full = _blobs(stored_name)
    blob = {"full": full, "preview": preview}[size]
    return encryption.decrypt(blob, bound_to=_bound_to(photo_id, size))


def delete(stored_name: str) -> None:
    """No error if it is gone already."""
    path = _path(stored_name)
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        _sync_directory(path.parent)


def stored_names() -> Iterator[tuple[str, float]]:
    """Every file with its time of writing, to find those no row knows.

    That includes what an interrupted write left. Leave alone what is younger than the
    longest request: its row may not be committed yet.
    """
    for path in sorted(_root().glob(f"??/*{ENDING}")):
        if NAME.fullmatch(path.stem):
            try:
                yield path.stem, path.stat().st_mtime
            except FileNotFoundError:
                continue  # deleted while we looked


def rotate(photos: Iterable[tuple[UUID, str]], *, dry_run: bool) -> encryption.Rotation:
    """Bring the files of these photos, (id, stored name) each, to the newest key."""
    rotation = encryption.Rotation()
    for photo_id, stored_name in photos:
        place = f"photo {photo_id}"
        try:
            blobs = _blobs(stored_name)
            outdated = [rotation.wants(blob, place=place) for blob in blobs]
            if any(outdated) and not dry_run:
                _rewrite(stored_name, blobs, photo_id)
                rotation.rewritten += sum(outdated)
        except (PhotoMissing, encryption.DecryptionFailed):
            rotation.unreadable.append(place)
    return rotation


@checks.register(checks.Tags.security)
def check_private_media_root(**kwargs) -> list[checks.Error]:
    private = Path(settings.PRIVATE_MEDIA_ROOT).resolve()
    served = {
        "MEDIA_ROOT": settings.MEDIA_ROOT,
        "STATIC_ROOT": settings.STATIC_ROOT,
    }
    for number, entry in enumerate(settings.STATICFILES_DIRS, start=1):
        folder = entry[1] if isinstance(entry, (list, tuple)) else entry
        served[f"STATICFILES_DIRS, entry {number}"] = folder
    return [
        checks.Error(
            f"PRIVATE_MEDIA_ROOT lies inside {name}, which a web server serves: "
            "patients' photos would be public files, if encrypted ones.",
            hint="Move PRIVATE_MEDIA_ROOT to a folder of its own.",
            id="consultations.E001",
        )
        for name, folder in served.items()
        if folder and private.is_relative_to(Path(folder).resolve())
    ]


def _bound_to(photo_id: UUID, size: str) -> str:
    return f"consultations.photo.file:{photo_id}:{size}"


def _root() -> Path:
    return Path(settings.PRIVATE_MEDIA_ROOT) / "photos"


def _path(stored_name: str) -> Path:
    if not NAME.fullmatch(stored_name):
        raise ValueError("This is not a name that store() gave.")
    return _root() / stored_name[:2] / f"{stored_name}{ENDING}"


def _blobs(stored_name: str) -> tuple[bytes, bytes]:
    try:
        content = _path(stored_name).read_bytes()
    except FileNotFoundError:
        raise PhotoMissing from None
    end = LENGTH_BYTES + int.from_bytes(content[:LENGTH_BYTES])
    return content[LENGTH_BYTES:end], content[end:]


def _rewrite(stored_name: str, blobs: tuple[bytes, bytes], photo_id: UUID) -> None:
    preview, full = (
        encryption.reencrypt(blob, bound_to=_bound_to(photo_id, size))
        for blob, size in zip(blobs, ("preview", "full"), strict=True)
    )
    _write(_path(stored_name), preview, full)


def _write(path: Path, preview: bytes, full: bytes) -> None:
    """Whole or not at all, and on the disk before it returns."""
    _make_directories(path.parent)
    # A draft has a name like any file's, so the clean-up of orphans finds it too.
    draft = path.with_stem(path.parent.name + secrets.token_hex(15))
    try:
        with open(
            os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as file:
            file.write(len(preview).to_bytes(LENGTH_BYTES) + preview + full)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _sync_directory(path.parent)


def _make_directories(folder: Path) -> None:
    Path(settings.PRIVATE_MEDIA_ROOT).mkdir(mode=0o700, parents=True, exist_ok=True)
    for each in (folder.parent, folder):
        try:
            each.mkdir(mode=0o700)
        except FileExistsError:
            continue
        _sync_directory(each.parent)


def _sync_directory(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
