"""Moving everything encrypted to the newest key; may stop anywhere and start again."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models, transaction
from django.db.models.functions import Substr

from .blobs import HEAD_BYTES, DecryptionFailed, is_outdated, key_id
from .fields import EncryptedField

ROWS_AT_A_TIME = 500


@dataclass
class Rotation:
    """What one rotator found and what it rewrote."""

    found: Counter = field(default_factory=Counter)  # blobs by key id, before
    rewritten: int = 0
    unreadable: list[str] = field(default_factory=list)  # places, never content

    def __str__(self) -> str:
        found = [f"{number} under key {name}" for name, number in self.found.items()]
        found.append(f"{len(self.unreadable)} unreadable")
        return f"{', '.join(found)}; {self.rewritten} re-encrypted"

    def wants(self, blob: bytes, *, place: str) -> bool:
        """Count a blob, or its head; say whether it has to be rewritten."""
        try:
            self.found[key_id(blob)] += 1
            return is_outdated(blob)
        except DecryptionFailed:
            self.unreadable.append(place)
            return False


Rotator = Callable[..., Rotation]
_rotators: dict[str, Rotator] = {}


def register_rotator(name: str, rotate: Rotator) -> None:
    """Have `rotate_encryption_keys` call `rotate(dry_run=…)`, for data outside rows.

    It rewrites, one piece after the other, what is not under the newest key, so that
    it may be interrupted and run again. A name registered again is replaced.
    """
    _rotators[name] = rotate


def rotators() -> Iterator[tuple[str, Rotator]]:
    yield from _rotators.items()


def rotate_rows(*, dry_run: bool) -> Rotation:
    """Every encrypted field of every model, each row locked in its own transaction."""
    rotation = Rotation()
    for model in apps.get_models():
        fields = [
            each
            for each in model._meta.local_concrete_fields
            if isinstance(each, EncryptedField)
        ]
        if not fields or model._meta.proxy:
            continue
        for pk, *heads in _heads(model, fields):
            place = f"{model._meta.label_lower} {pk}"
            # A list: every blob of the row is to be counted.
            outdated = [rotation.wants(head, place=place) for head in heads if head]
            if any(outdated) and not dry_run:
                try:
                    rotation.rewritten += _rewrite_row(model, fields, pk)
                except DecryptionFailed:
                    rotation.unreadable.append(place)
    return rotation


def _heads(model, fields) -> Iterator[tuple]:
    """The key of each row and the beginning of its blobs, some rows at a time."""
    heads = [
        Substr(each.attname, 1, HEAD_BYTES, output_field=models.BinaryField())
        for each in fields
    ]
    # The base manager: a default one may hide rows.
    rows = model._base_manager.order_by("pk").values_list("pk", *heads)
    page = list(rows[:ROWS_AT_A_TIME])
    while page:
        yield from page
        page = list(rows.filter(pk__gt=page[-1][0])[:ROWS_AT_A_TIME])


@transaction.atomic
def _rewrite_row(model, fields, pk) -> int:
    """How many blobs were rewritten; none if the row went away meanwhile."""
    rows = model._base_manager.filter(pk=pk)
    blobs = rows.select_for_update().values(*(each.attname for each in fields)).first()
    changed = {
        each.attname: each.reseal(blobs[each.attname], pk)
        for each in fields
        if blobs and blobs[each.attname] and is_outdated(blobs[each.attname])
    }
    if changed:
        rows.update(**changed)
    return len(changed)


register_rotator("rows", rotate_rows)
