from pathlib import Path

import pytest

from consultations.online.photos import decoder, intake


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """Where this test's photos lie, and no other test's."""
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.PRIVATE_MEDIA_ROOT


@pytest.fixture
def decode_here(monkeypatch):
    """Decode photos without starting a process for each: for tests of other things."""

    def decode(data: bytes) -> bytes:
        try:
            jpeg, preview, size = decoder.convert(data, most_pixels=10**7)
        except decoder.Unusable as error:
            return f"{error}\n".encode()
        numbers = " ".join(map(str, (*size, len(jpeg), len(preview))))
        return f"ok {numbers}\n".encode() + jpeg + preview

    monkeypatch.setattr(intake, "_decode_apart", decode)
