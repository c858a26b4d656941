"""Photos visitors send: decoded apart, stripped, encrypted, kept out of reach.

Nothing of the file a visitor sent survives, only its pixels: that takes off where and
with what it was made, and stands in for a virus scan. `prepare()` makes the two
JPEGs that are kept, `store()` encrypts them into one file outside every folder a web
server serves.
"""

from .files import PhotoMissing, delete, read, rotate, store, stored_names
from .intake import DecoderBusy, PhotoRejected, PreparedPhoto, prepare

__all__ = [
    "DecoderBusy",
    "PhotoMissing",
    "PhotoRejected",
    "PreparedPhoto",
    "delete",
    "prepare",
    "read",
    "rotate",
    "store",
    "stored_names",
]
