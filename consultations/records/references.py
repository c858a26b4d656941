"""The number a visitor can read out over the phone."""

import secrets

# Without I, L, O, U, 0 and 1: they are mistaken for others or make words.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8


def new_reference(prefix: str) -> str:
    """Like FC-7K3M-9QXT. It names a record and never authorises anything."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{prefix}-{letters[:4]}-{letters[4:]}"
