"""Health data at rest: AES-256-GCM, every blob bound to the place it belongs to.

`blobs` turns bytes into blobs and back, `fields` puts them into models, `rotation`
rewrites them under a new key.
"""

from .blobs import DecryptionFailed, UnknownKey, decrypt, encrypt, key_id, reencrypt
from .fields import EncryptedJSONField, EncryptedTextField, decrypt_fields
from .rotation import Rotation, register_rotator

__all__ = [
    "DecryptionFailed",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Rotation",
    "UnknownKey",
    "decrypt",
    "decrypt_fields",
    "encrypt",
    "key_id",
    "reencrypt",
    "register_rotator",
]
