"""Reading ENCRYPTION_KEYS. Needs no settings: production asks before it starts."""

import base64
import binascii
import re
from collections.abc import Iterable

from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


def parse_keys(entries: Iterable[str]) -> dict[str, bytes]:
    """The keys by id, in the order given: the newest first.

    Raises ImproperlyConfigured, in words that do not quote a key.
    """
    if not entries:
        raise ImproperlyConfigured(
            "ENCRYPTION_KEYS is empty. In development settings, "
            "`manage.py make_encryption_key` prints a key."
        )
    secrets_by_id: dict[str, bytes] = {}
    for number, entry in enumerate(entries, start=1):
        # The messages count entries instead of quoting them: they are secrets.
        where = f"ENCRYPTION_KEYS, entry {number}"
        name, colon, encoded = str(entry).strip().partition(":")
        if not colon or not KEY_ID.fullmatch(name):
            raise ImproperlyConfigured(
                f'{where}: write it as "id:base64 of 32 bytes"; the id is 1 to 32 '
                "letters, digits, dots, hyphens or underscores."
            )
        try:
            secret = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise ImproperlyConfigured(
                f"{where}: what follows the colon is not base64."
            ) from None
        if len(secret) != KEY_BYTES:
            raise ImproperlyConfigured(
                f"{where}: the key has {len(secret)} bytes and needs {KEY_BYTES}."
            )
        if name in secrets_by_id:
            raise ImproperlyConfigured(f"{where}: an earlier entry has the same id.")
        if secret in secrets_by_id.values():
            raise ImproperlyConfigured(f"{where}: an earlier entry has the same key.")
        secrets_by_id[name] = secret
    return secrets_by_id
