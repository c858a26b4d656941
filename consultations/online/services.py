import contextlib
import uuid
from collections.abc import Callable, Iterable

from django.db import IntegrityError, transaction

from clinic_site.core.encryption import DecryptionFailed, Rotation

from ..records.models import ConsentWording, Submission
from ..records.references import new_reference
from ..records.services import fingerprint, record_receipt, submit_once
from . import emails, photos
from .models import OnlineConsultation, Photo
from .photos import PhotoMissing, PreparedPhoto

MAX_PHOTOS = 5


def submit_online_consultation(
    *,
    submit_key: uuid.UUID,
    photos: list[PreparedPhoto],
    kept: list[Photo],
    wordings: list[ConsentWording],
    check_limit: Callable[[], None] = lambda: None,
    reference: str = "",
    **answers: str,
) -> OnlineConsultation:
    """Store answers and photos with their mails, once, before anything is promised.

    `answers` are the fields of OnlineConsultation that a visitor fills in; `kept`
    are photos that came earlier with the same form. `check_limit` runs after the
    row is written, so that repeats do not count; what it raises undoes everything.
    The demo alone gives a `reference`. Raises SubmittedDifferently.
    """
    mark = fingerprint(answers, [photo.jpeg for photo in photos])

    def create() -> OnlineConsultation:
        consultation = OnlineConsultation.objects.create(
            kind=Submission.Kind.ONLINE,
            reference=reference or new_reference("OC"),
            submit_key=submit_key,
            fingerprint=mark,
            **answers,
        )
        check_limit()
        record_receipt(submission=consultation, wordings=wordings)
        Photo.objects.filter(pk__in=[photo.pk for photo in kept]).update(
            consultation=consultation, draft_key=None
        )
        add_photos(
            prepared=new_photos(prepared=photos, kept=kept),
            first_position=len(kept) + 1,
            consultation=consultation,
        )
        emails.consultation_received(consultation)
        return consultation

    return submit_once(
        model=OnlineConsultation, submit_key=submit_key, fingerprint=mark, create=create
    )


def keep_photos(
    *, submit_key: uuid.UUID, prepared: list[PreparedPhoto], kept: list[Photo]
) -> list[Photo]:
    """Keep good photos of a form that is not complete, until it is sent again.

    Returns all that are kept now, MAX_PHOTOS at most. The clean-up removes what is
    never sent.
    """
    # The same form may come twice at once; then the other request kept them.
    with contextlib.suppress(IntegrityError):
        put_aside(submit_key=submit_key, prepared=prepared, kept=kept)
    return list(Photo.objects.kept_for(submit_key))


@transaction.atomic
def put_aside(
    *, submit_key: uuid.UUID, prepared: list[PreparedPhoto], kept: list[Photo]
) -> None:
    dropped = Photo.objects.kept_for(submit_key).exclude(pk__in=[p.pk for p in kept])
    delete_photos(dropped)
    for position, photo in enumerate(kept, start=1):
        Photo.objects.filter(pk=photo.pk).update(position=position)
    room = max(0, MAX_PHOTOS - len(kept))
    add_photos(
        prepared=new_photos(prepared=prepared, kept=kept)[:room],
        first_position=len(kept) + 1,
        draft_key=submit_key,
    )


def new_photos(
    *, prepared: list[PreparedPhoto], kept: list[Photo]
) -> list[PreparedPhoto]:
    """Those that are not kept yet: after Back, a browser sends the same files again."""
    there = set()
    for photo in kept:
        with contextlib.suppress(PhotoMissing, DecryptionFailed):
            there.add(photos.read(photo.stored_name, photo_id=photo.pk))
    return [photo for photo in prepared if photo.jpeg not in there]


def add_photos(
    *, prepared: Iterable[PreparedPhoto], first_position: int, **owner: object
) -> None:
    """Store files, then rows: a row never points at a file that is not there.

    Files of a transaction that fails have no row; the clean-up removes them.
    """
    for position, photo in enumerate(prepared, start=first_position):
        photo_id = uuid.uuid4()
        Photo.objects.create(
            id=photo_id,
            position=position,
            stored_name=photos.store(photo, photo_id=photo_id),
            width=photo.width,
            height=photo.height,
            **owner,
        )


def delete_photos(found: Iterable[Photo]) -> int:
    """Delete rows, and their files once that is final. Returns how many."""
    doomed = list(found)
    Photo.objects.filter(pk__in=[photo.pk for photo in doomed]).delete()
    for photo in doomed:
        name = photo.stored_name
        transaction.on_commit(lambda name=name: photos.delete(name))
    return len(doomed)


def rotate_photos(*, dry_run: bool) -> Rotation:
    """Move photo files to the newest key; for `rotate_encryption_keys`."""
    stored = Photo.objects.values_list("pk", "stored_name")
    return photos.rotate(stored.iterator(), dry_run=dry_run)
