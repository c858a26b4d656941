import os
import stat
import time
import uuid
from pathlib import Path

import pytest

from clinic_site.core import encryption
from consultations.online import photos
from consultations.online.photos import PhotoMissing, PreparedPhoto, files
from tests import photo_samples as samples

JPEG_MAGIC = b"\xff\xd8\xff"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.PRIVATE_MEDIA_ROOT / "photos"


@pytest.fixture
def photo() -> PreparedPhoto:
    jpeg = samples.encoded(samples.quarters())
    return PreparedPhoto(jpeg=jpeg, preview=jpeg[:900], width=400, height=600)


@pytest.fixture
def photo_id() -> uuid.UUID:
    return uuid.uuid4()


@pytest.fixture
def name(folder, photo, photo_id) -> str:
    return photos.store(photo, photo_id=photo_id)


def only_file(folder: Path) -> Path:
    (found,) = (path for path in folder.rglob("*") if path.is_file())
    return found


class TestStoredPhoto:
    def test_is_read_back_in_both_sizes(self, name, photo, photo_id):
        assert photos.read(name, photo_id=photo_id) == photo.jpeg
        assert photos.read(name, photo_id=photo_id, size="preview") == photo.preview

    def test_is_one_encrypted_file_for_our_eyes_only(self, name, folder, photo_id):
        path = only_file(folder)
        assert path == folder / name[:2] / f"{name}.bin"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        for above in (path.parent, folder, folder.parent):
            assert stat.S_IMODE(above.stat().st_mode) == 0o700
        content = path.read_bytes()
        assert JPEG_MAGIC not in content
        assert b"JFIF" not in content
        assert photo_id.hex not in str(path)

    def test_does_not_open_for_another_photo_or_size(self, name, photo_id, folder):
        with pytest.raises(encryption.DecryptionFailed):
            photos.read(name, photo_id=uuid.uuid4())
        preview, full = files._blobs(name)
        files._write(files._path(name), full, preview)
        for size in ("full", "preview"):
            with pytest.raises(encryption.DecryptionFailed):
                photos.read(name, photo_id=photo_id, size=size)

    def test_cut_short_or_changed_does_not_open(self, name, photo_id, folder):
        path = only_file(folder)
        whole = path.read_bytes()
        for length in (0, 3, 4, 20, len(whole) - 1):
            path.write_bytes(whole[:length])
            with pytest.raises(encryption.DecryptionFailed):
                photos.read(name, photo_id=photo_id)
        path.write_bytes(whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:])
        with pytest.raises(encryption.DecryptionFailed):
            photos.read(name, photo_id=photo_id)

    def test_is_gone_once_deleted_however_often(self, name, photo_id, folder):
        photos.delete(name)
        photos.delete(name)
        assert list(photos.stored_names()) == []
        with pytest.raises(PhotoMissing):
            photos.read(name, photo_id=photo_id)

    @pytest.mark.parametrize(
        "wrong",
        [
            "",
            "..",
            "../../../etc/passwd",
            "/etc/passwd",
            "ab/" + "a" * 32,
            "a" * 31,
            "a" * 33,
            "A" * 32,
            "a" * 32 + "\n",
            "a" * 31 + "\0",
            "a" * 32 + ".bin",
            "%2e%2e%2f" + "a" * 23,
            "\u0430" * 32,
        ],
    )
    def test_has_no_other_kind_of_name(self, wrong, folder):
        for use in (
            lambda: photos.read(wrong, photo_id=uuid.uuid4()),
            lambda: photos.delete(wrong),
        ):
            with pytest.raises(ValueError, match="not a name"):
                use()

    def test_is_listed_with_its_age(self, name, photo, folder):
        other = photos.store(photo, photo_id=uuid.uuid4())
        (folder / "ab").mkdir(exist_ok=True)
        (folder / "ab" / "note.txt").write_text("not ours")
        (folder / "ab" / "note.bin").write_text("not ours")
        listed = dict(photos.stored_names())
        assert listed.keys() == {name, other}
        assert all(abs(written - time.time()) < 60 for written in listed.values())

    def test_leaves_nothing_when_the_disk_is_full(
        self, photo, photo_id, folder, monkeypatch
    ):
        def full_disk(draft, path):
            assert draft.stat().st_size
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(files.os, "replace", full_disk)
        with pytest.raises(OSError, match="No space"):
            photos.store(photo, photo_id=photo_id)
        assert list(photos.stored_names()) == []

    def test_half_written_when_the_power_went_is_listed_for_the_clean_up(
        self, photo, photo_id, folder, monkeypatch
    ):
        def power_cut(draft, path):
            raise KeyboardInterrupt

        monkeypatch.setattr(files.os, "replace", power_cut)
        with pytest.raises(KeyboardInterrupt):
            photos.store(photo, photo_id=photo_id)
        ((leftover, _),) = photos.stored_names()
        photos.delete(leftover)
        assert list(photos.stored_names()) == []

    def test_is_on_the_disk_under_its_name_before_store_returns(
        self, photo, photo_id, folder, monkeypatch
    ):
        synced = []
        fsync = os.fsync

        def watch(descriptor):
            synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
            fsync(descriptor)

        monkeypatch.setattr(files.os, "fsync", watch)
        name = photos.store(photo, photo_id=photo_id)
        written = synced.index(next(path for path in synced if path.suffix == ".bin"))
        assert folder / name[:2] in synced[written:]
        assert {folder, folder.parent} <= set(synced[:written])


class TestRotation:
    @pytest.fixture
    def old_photo(self, photo, photo_id, folder, settings) -> tuple[uuid.UUID, str]:
        new, old = settings.ENCRYPTION_KEYS
        settings.ENCRYPTION_KEYS = [old]
        name = photos.store(photo, photo_id=photo_id)
        settings.ENCRYPTION_KEYS = [new, old]
        return photo_id, name

    def test_brings_files_to_the_newest_key_in_place(
        self, old_photo, name, photo_id, photo, settings
    ):
        all_of_them = [old_photo, (photo_id, name)]
        done = photos.rotate(all_of_them, dry_run=False)
        assert (dict(done.found), done.rewritten) == ({"old": 2, "new": 2}, 2)
        assert photos.rotate(all_of_them, dry_run=False).rewritten == 0

        settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
        assert photos.read(old_photo[1], photo_id=photo_id) == photo.jpeg
        assert len(list(photos.stored_names())) == 2

    def test_only_counts_in_a_dry_run(self, old_photo, folder):
        before = only_file(folder).read_bytes()
        assert photos.rotate([old_photo], dry_run=True).found["old"] == 2
        assert only_file(folder).read_bytes() == before

    def test_names_what_it_cannot_read_and_does_the_rest(self, old_photo, photo):
        lost = uuid.uuid4()
        done = photos.rotate([(lost, "a" * 32), old_photo], dry_run=False)
        assert done.unreadable == [f"photo {lost}"]
        assert done.rewritten == 2


class TestPrivateFolderCheck:
    def test_passes_a_folder_of_its_own(self, settings):
        assert files.check_private_media_root() == []

    def test_names_a_served_folder_around_it(self, settings, tmp_path):
        private = settings.PRIVATE_MEDIA_ROOT = tmp_path / "a" / ".." / "media" / "x"
        for name, value in (
            ("MEDIA_ROOT", str(tmp_path / "media")),
            ("STATIC_ROOT", private),
            ("STATICFILES_DIRS", [tmp_path / "other", ("prefix", tmp_path)]),
        ):
            settings.MEDIA_ROOT = settings.STATIC_ROOT = tmp_path / "elsewhere"
            settings.STATICFILES_DIRS = []
            setattr(settings, name, value)
            (error,) = files.check_private_media_root()
            assert error.msg.startswith(f"PRIVATE_MEDIA_ROOT lies inside {name}")
