from base64 import b64encode
from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.core import encryption
from clinic_site.core.encryption import DecryptionFailed, UnknownKey, blobs

OLD = "old:" + b64encode(b"1" * 32).decode()
NEW = "new:" + b64encode(b"2" * 32).decode()
HERE = "core.note.text:1"
SECRET = "thinning since the spring – both temples"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    return settings


@contextmanager
def only_old_key(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    yield
    settings.ENCRYPTION_KEYS = [NEW, OLD]


class TestBlob:
    @given(st.binary(max_size=500), st.text(max_size=50))
    def test_opens_to_what_was_put_in(self, content, place):
        place = place.encode("utf-8", "replace").decode()
        blob = encryption.encrypt(content, bound_to=place)
        assert encryption.decrypt(blob, bound_to=place) == content

    def test_says_which_key_made_it_and_shows_nothing(self):
        blob = encryption.encrypt(SECRET.encode(), bound_to=HERE)
        assert encryption.key_id(blob) == "new"
        assert b"thinning" not in blob
        assert blob != encryption.encrypt(SECRET.encode(), bound_to=HERE)

    def test_does_not_open_at_another_place(self):
        blob = encryption.encrypt(b"content", bound_to=HERE)
        for place in ("core.note.text:2", "core.note.extra:1", "", HERE + " "):
            with pytest.raises(DecryptionFailed):
                encryption.decrypt(blob, bound_to=place)

    @given(st.data())
    def test_with_any_bit_changed_does_not_open(self, data):
        blob = bytearray(encryption.encrypt(b"content", bound_to=HERE))
        at = data.draw(st.integers(0, len(blob) * 8 - 1))
        blob[at // 8] ^= 1 << at % 8
        with pytest.raises(DecryptionFailed):
            encryption.decrypt(bytes(blob), bound_to=HERE)

    def test_cut_short_anywhere_does_not_open(self):
        blob = encryption.encrypt(b"content", bound_to=HERE)
        for length in range(len(blob)):
            with pytest.raises(DecryptionFailed):
                encryption.decrypt(blob[:length], bound_to=HERE)
        with pytest.raises(DecryptionFailed):
            encryption.key_id(blob[:4])

    @given(st.binary(max_size=100))
    def test_made_up_bytes_do_not_open(self, made_up):
        with pytest.raises(DecryptionFailed):
            encryption.decrypt(made_up, bound_to=HERE)
        with pytest.raises(DecryptionFailed):
            encryption.decrypt(b"\x01\x03new" + made_up, bound_to=HERE)

    def test_under_an_older_key_opens_and_can_be_brought_to_the_newest(self, settings):
        with only_old_key(settings):
            blob = encryption.encrypt(b"content", bound_to=HERE)
        assert encryption.key_id(blob) == "old"
        assert encryption.decrypt(blob, bound_to=HERE) == b"content"

        newer = encryption.reencrypt(blob, bound_to=HERE)
        assert encryption.key_id(newer) == "new"
        assert encryption.decrypt(newer, bound_to=HERE) == b"content"
        assert encryption.reencrypt(newer, bound_to=HERE) == newer

    def test_whose_key_is_gone_says_so_without_content(self, settings):
        blob = encryption.encrypt(b"content", bound_to=HERE)
        settings.ENCRYPTION_KEYS = [OLD]
        with pytest.raises(UnknownKey, match="not listed"):
            encryption.decrypt(blob, bound_to=HERE)

    def test_under_another_key_of_the_same_id_does_not_open(self, settings):
        blob = encryption.encrypt(b"content", bound_to=HERE)
        settings.ENCRYPTION_KEYS = ["new:" + b64encode(b"3" * 32).decode()]
        with pytest.raises(DecryptionFailed) as caught:
            encryption.decrypt(blob, bound_to=HERE)
        assert "content" not in str(caught.value)


class TestKeys:
    @pytest.mark.parametrize(
        ("entries", "words"),
        [
            ([], "is empty"),
            (["no-colon"], "entry 1: write it as"),
            ([NEW, ":" + NEW[4:]], "entry 2: write it as"),
            (["a b:" + NEW[4:]], "entry 1: write it as"),
            ([NEW, "old:not base64!"], "entry 2: what follows the colon"),
            (["new:" + b64encode(b"2" * 31).decode()], "has 31 bytes and needs 32"),
            ([NEW, "new:" + OLD[4:]], "entry 2: an earlier entry has the same id"),
            ([NEW, "old:" + NEW[4:]], "entry 2: an earlier entry has the same key"),
        ],
    )
    def test_that_are_unusable_are_named_but_not_quoted(self, settings, entries, words):
        settings.ENCRYPTION_KEYS = entries
        with pytest.raises(ImproperlyConfigured, match=words) as caught:
            encryption.encrypt(b"", bound_to=HERE)
        assert NEW[4:] not in str(caught.value)
        assert [error.id for error in blobs.check_encryption_keys()] == [
            "encryption.E001"
        ]

    def test_that_are_usable_pass_the_check(self):
        assert blobs.check_encryption_keys() == []
