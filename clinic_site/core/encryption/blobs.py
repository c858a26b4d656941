"""Health data at rest: AES-256-GCM, every blob bound to the place it belongs to.

A blob is version | length of key id | key id | nonce (12 bytes) | ciphertext and
tag. What precedes the nonce and the name of the place (`bound_to`) are
authenticated too, so a blob copied to another row or field does not open.

Renaming a model or an encrypted field changes the place: such a migration has to
decrypt under the old name and encrypt under the new one.
"""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from .keys import KEY_ID, parse_keys

VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16
HEAD_BYTES = 2 + 32  # enough of a blob to read its key id


class DecryptionFailed(Exception):
    """Wrong key, wrong place or changed bytes: which one cannot be told apart."""


class UnknownKey(DecryptionFailed):
    """The blob names a key that ENCRYPTION_KEYS does not list."""


def load_keys() -> dict[str, AESGCM]:
    """The ciphers by key id, newest first; ImproperlyConfigured without a good one."""
    return _ciphers(tuple(settings.ENCRYPTION_KEYS))


@lru_cache(maxsize=4)
def _ciphers(entries: tuple[str, ...]) -> dict[str, AESGCM]:
    return {name: AESGCM(secret) for name, secret in parse_keys(entries).items()}


@checks.register(checks.Tags.security)
def check_encryption_keys(**kwargs) -> list[checks.Error]:
    try:
        load_keys()
    except ImproperlyConfigured as error:
        return [checks.Error(str(error), id="encryption.E001")]
    return []


def encrypt(plaintext: bytes, *, bound_to: str) -> bytes:
    """A blob under the newest key that opens only for the same `bound_to`."""
    name, cipher = next(iter(load_keys().items()))
    head = bytes([VERSION, len(name)]) + name.encode()
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + cipher.encrypt(nonce, plaintext, head + bound_to.encode())


def decrypt(blob: bytes, *, bound_to: str) -> bytes:
    name = key_id(blob)
    try:
        cipher = load_keys()[name]
    except KeyError:
        raise UnknownKey("Encrypted under a key that is not listed.") from None
    blob = bytes(blob)
    start = 2 + len(name)
    nonce, sealed = blob[start : start + NONCE_BYTES], blob[start + NONCE_BYTES :]
    if len(sealed) < TAG_BYTES:
        raise DecryptionFailed("The encrypted data is cut short.")
    try:
        return cipher.decrypt(nonce, sealed, blob[:start] + bound_to.encode())
    except InvalidTag:
        raise DecryptionFailed(
            "Encrypted under another key, for another place, or changed since."
        ) from None


def key_id(blob: bytes) -> str:
    """The id of the key a blob, or its first HEAD_BYTES, was made with."""
    head = bytes(blob[:HEAD_BYTES])
    if len(head) < 2 or head[0] != VERSION:
        raise DecryptionFailed("This is not data encrypted by this site.")
    name = head[2 : 2 + head[1]].decode("latin-1")
    if len(name) != head[1] or not KEY_ID.fullmatch(name):
        raise DecryptionFailed("The encrypted data is cut short or changed.")
    return name


def is_outdated(blob: bytes) -> bool:
    """Whether a blob, or its first HEAD_BYTES, is not under the newest key."""
    return key_id(blob) != next(iter(load_keys()))


def reencrypt(blob: bytes, *, bound_to: str) -> bytes:
    """The same content under the newest key; the same blob if it already is."""
    if not is_outdated(blob):
        return blob
    return encrypt(decrypt(blob, bound_to=bound_to), bound_to=bound_to)
