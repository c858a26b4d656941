import copy
import json
import pickle
import uuid
from base64 import b64decode, b64encode
from contextlib import contextmanager
from io import StringIO

import pytest
from django import forms
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.core import encryption
from clinic_site.core.encryption import (
    DecryptionFailed,
    EncryptedJSONField,
    EncryptedTextField,
    rotation,
)

OLD = "old:" + b64encode(b"1" * 32).decode()
NEW = "new:" + b64encode(b"2" * 32).decode()
SECRET = "thinning since the spring – both temples"

with isolate_apps("clinic_site.core") as registry:

    class Note(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)
        title = models.CharField(max_length=20, default="a title")
        text = EncryptedTextField(blank=True)
        extra = EncryptedTextField(null=True, blank=True, max_length=10)
        answers = EncryptedJSONField(default=dict, blank=True)

        class Meta:
            app_label = "core"
            constraints = [
                models.CheckConstraint(
                    condition=~models.Q(title="never"), name="not_never"
                )
            ]

        def __str__(self):
            return str(self.pk)

    class LongNote(Note):
        more = EncryptedTextField()

        class Meta:
            app_label = "core"

    class WithText(models.Model):
        text = EncryptedTextField()

        class Meta:
            app_label = "core"
            abstract = True

        def __str__(self):
            return str(self.pk)

    class KeyLast(WithText):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)

        class Meta:
            app_label = "core"


@pytest.fixture(scope="module")
def tables(django_db_setup, django_db_blocker):
    tables = [Note, LongNote, KeyLast]
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            for model in tables:
                editor.create_model(model)
        yield
        with connection.schema_editor() as editor:
            for model in reversed(tables):
                editor.delete_model(model)


@pytest.fixture
def notes(tables, db, monkeypatch):
    """The test's own models, and nothing else, are what rotation walks over."""
    monkeypatch.setattr(rotation, "apps", registry)
    monkeypatch.setattr(rotation, "_rotators", {"rows": rotation.rotate_rows})


@pytest.fixture(autouse=True)
def keys(settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    return settings


@contextmanager
def only_old_key(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    yield
    settings.ENCRYPTION_KEYS = [NEW, OLD]


def raw(model, column: str, pk: uuid.UUID) -> bytes | None:
    """What lies in the database, with no field of ours in between."""
    with connection.cursor() as cursor:
        value = model._meta.pk.get_db_prep_value(pk, connection)
        cursor.execute(
            f'SELECT "{column}" FROM {model._meta.db_table} WHERE id = %s',  # noqa: S608
            [value],
        )
        found = cursor.fetchone()[0]
    return None if found is None else bytes(found)


def pickled(instance):
    return pickle.loads(pickle.dumps(instance))  # noqa: S301


class TestEncryptedField:
    def test_keeps_text_and_structure_but_not_in_the_clear(self, notes):
        note = Note.objects.create(text=SECRET, answers={"since": "spring", "n": [1]})
        assert note.text == SECRET

        loaded = Note.objects.get()
        assert loaded.text == SECRET
        assert loaded.answers == {"since": "spring", "n": [1]}
        for column in ("text", "answers"):
            stored = raw(Note, column, note.pk)
            assert encryption.key_id(stored) == "new"
            assert b"spring" not in stored

    @given(text=st.text(st.characters(exclude_categories=["Cs"])))
    def test_gives_back_any_text(self, text):
        field, row = Note._meta.get_field("text"), str(uuid.uuid4())
        assert field.unseal(field.seal(text, row), row) == text

    def test_stores_blank_as_no_bytes_and_none_as_null(self, notes):
        note = Note.objects.create()
        assert raw(Note, "text", note.pk) == raw(Note, "answers", note.pk) == b""
        assert raw(Note, "extra", note.pk) is None

        loaded = Note.objects.get()
        assert (loaded.text, loaded.extra, loaded.answers) == ("", None, {})

    def test_decrypts_only_what_is_read(self, notes, monkeypatch):
        Note.objects.create(text=SECRET)
        monkeypatch.setattr(encryption.fields, "decrypt", None)
        assert [note.title for note in Note.objects.all()] == ["a title"]

    def test_of_a_row_swapped_in_the_database_does_not_open(self, notes):
        mine, theirs = (Note.objects.create(text=text) for text in ("mine", "theirs"))
        stolen = Note.objects.values_list("text", flat=True).get(pk=theirs.pk)
        Note.objects.filter(pk=mine.pk).update(text=stolen)
        with pytest.raises(DecryptionFailed):
            Note.objects.get(pk=mine.pk).text  # noqa: B018

    def test_swapped_with_another_field_does_not_open(self, notes):
        note = Note.objects.create(text="text", extra="extra")
        Note.objects.update(extra=models.F("text"))
        with pytest.raises(DecryptionFailed):
            Note.objects.get(pk=note.pk).extra  # noqa: B018

    def test_saves_changes_also_inside_a_structure(self, notes):
        Note.objects.create(text="before", answers={"list": [1]})
        note = Note.objects.get()
        note.text = "after"
        note.answers["list"].append(2)
        note.save()
        note = Note.objects.get()
        assert (note.text, note.answers) == ("after", {"list": [1, 2]})

    def test_leaves_an_unread_value_as_it_was(self, notes):
        note = Note.objects.create(text=SECRET)
        before = raw(Note, "text", note.pk)
        Note.objects.get().save()
        assert raw(Note, "text", note.pk) == before

    def test_moves_an_unread_value_to_the_newest_key_when_saved(self, notes, settings):
        with only_old_key(settings):
            note = Note.objects.create(text=SECRET)
        Note.objects.get().save()
        assert encryption.key_id(raw(Note, "text", note.pk)) == "new"
        assert Note.objects.get().text == SECRET

    @pytest.mark.parametrize("read_first", [True, False])
    def test_can_be_saved_as_a_new_row(self, notes, read_first):
        Note.objects.create(text=SECRET)
        note = Note.objects.get()
        if read_first:
            assert note.text == SECRET
        note.pk, note._state.adding = uuid.uuid4(), True
        note.save()
        assert [each.text for each in Note.objects.all()] == [SECRET, SECRET]

    def test_survives_deferring_refreshing_copying_and_pickling(
        self, notes, monkeypatch
    ):
        note = Note.objects.create(text=SECRET)
        assert Note.objects.defer("text").get().text == SECRET
        assert Note.objects.only("title").get().text == SECRET

        loaded = Note.objects.get()
        Note.objects.get().text  # noqa: B018
        note.text = "changed"
        note.save()
        loaded.refresh_from_db()
        assert loaded.text == "changed"
        loaded.text = "dropped"
        loaded.refresh_from_db(fields=["text"])
        assert loaded.text == "changed"

        monkeypatch.setattr("django.db.models.base.apps", registry)
        for again in (copy.copy, copy.deepcopy, pickled):
            assert again(Note.objects.get()).text == "changed"

    def test_deferred_then_saved_is_untouched(self, notes):
        note = Note.objects.create(text=SECRET)
        partial = Note.objects.defer("text").get()
        partial.title = "another"
        partial.save()
        assert Note.objects.get(pk=note.pk).text == SECRET

    def test_works_in_bulk_create(self, notes):
        Note.objects.bulk_create([Note(text="one"), Note(text="two")])
        assert {note.text for note in Note.objects.all()} == {"one", "two"}

    def test_works_in_a_child_table(self, notes):
        LongNote.objects.create(text="in the parent", more="in the child")
        child = LongNote.objects.get()
        assert (child.text, child.more) == ("in the parent", "in the child")
        assert LongNote.objects.only("more").get().more == "in the child"
        assert Note.objects.get().text == "in the parent"
        Note.objects.get().longnote.save()
        assert LongNote.objects.get().more == "in the child"

    def test_works_from_an_abstract_model_and_before_the_key(self, notes):
        KeyLast.objects.create(text=SECRET)
        KeyLast.objects.get().save()
        assert KeyLast.objects.get().text == SECRET

    def test_refuses_to_be_searched_by_clear_text(self, notes):
        note = Note.objects.create(text=SECRET)
        with pytest.raises(TypeError, match="core.note.text is encrypted"):
            Note.objects.filter(text=SECRET).exists()
        for lookup in ("contains", "in", "startswith", "gt", "icontains"):
            with pytest.raises(TypeError, match="core.note.text is encrypted"):
                Note.objects.filter(**{f"text__{lookup}": "x"}).exists()
        assert Note.objects.filter(text="").count() == 0
        assert Note.objects.get(extra__isnull=True) == note

    def test_refuses_to_be_written_without_encryption(self, notes):
        note = Note.objects.create(text=SECRET)
        note.text = "clear"
        for write in (
            lambda: Note.objects.update(text="clear"),
            lambda: Note.objects.update(answers={"a": 1}),
            lambda: Note.objects.bulk_update([note], ["text"]),
        ):
            with pytest.raises(TypeError, match="is encrypted"), transaction.atomic():
                write()
        assert Note.objects.get().text == SECRET

    def test_can_be_blanked_by_a_query(self, notes):
        Note.objects.create(text=SECRET, answers={"a": 1})
        assert Note.objects.update(text="", answers={}) == 1
        assert Note.objects.filter(text="", answers={}).count() == 1

    def test_refuses_what_is_not_text(self, notes):
        for wrong in (b"bytes", 7, ["list"]):
            with pytest.raises(TypeError, match="cannot hold a"):
                Note(text=wrong).save()
        with pytest.raises(TypeError, match="cannot hold a str"):
            Note(answers="text").save()

    def test_refuses_a_row_without_a_key(self, notes):
        field = Note._meta.get_field("text")
        with pytest.raises(ValueError, match="has no primary key yet"):
            field.pre_save(Note(id=None, text=SECRET), add=True)

    def test_leaves_no_clear_text_in_a_dump(self, notes):
        Note.objects.create(text=SECRET, answers={"since": "spring"})
        dump = serializers.serialize("json", Note.objects.all())
        fields = json.loads(dump)[0]["fields"]
        for name in ("text", "answers"):
            assert encryption.key_id(b64decode(fields[name])) == "new"
        assert fields["extra"] is None

    def test_is_a_text_area_and_counts_characters(self, notes):
        form_class = forms.modelform_factory(Note, fields=["text", "extra", "answers"])
        form = form_class({"text": SECRET, "extra": "x" * 11, "answers": '{"a": 1}'})
        assert isinstance(form.fields["text"].widget, forms.Textarea)
        assert list(form.errors) == ["extra"]
        form = form_class({"text": SECRET, "extra": "short", "answers": '{"a": 1}'})
        form.save()
        note = Note.objects.get()
        assert (note.text, note.extra, note.answers) == (SECRET, "short", {"a": 1})
        assert form_class(instance=note).initial["text"] == SECRET
        note.full_clean()

    def test_can_be_written_into_a_migration(self):
        for name in ("text", "extra", "answers"):
            field = Note._meta.get_field(name)
            source, imports = MigrationWriter.serialize(field)
            assert source.startswith("clinic_site.core.encryption.fields.Encrypted")
            assert imports == {"import clinic_site.core.encryption.fields"}
            _, path, args, kwargs = field.deconstruct()
            again = type(field)(*args, **kwargs)
            assert again.deconstruct()[1:] == (path, args, kwargs)

    @isolate_apps("clinic_site.core")
    def test_complains_about_a_model_with_counted_keys(self):
        class Counted(models.Model):
            text = EncryptedTextField()

            class Meta:
                app_label = "core"

            def __str__(self):
                return ""

        errors = Counted._meta.get_field("text").check()
        assert [error.id for error in errors] == ["encryption.E002"]
        for model in (Note, LongNote, KeyLast):
            assert model.check() == []


class TestRotation:
    @pytest.fixture
    def old_rows(self, notes, settings):
        with only_old_key(settings):
            old = [Note.objects.create(text=f"old {n}", extra="x") for n in range(3)]
            LongNote.objects.create(text="parent", more="child")
        Note.objects.create(text="new")
        return old

    def rotate(self, **options) -> str:
        out = StringIO()
        call_command("rotate_encryption_keys", stdout=out, **options)
        return out.getvalue()

    def test_moves_every_row_to_the_newest_key_once(
        self, old_rows, settings, monkeypatch
    ):
        monkeypatch.setattr(rotation, "ROWS_AT_A_TIME", 2)
        assert "8 under key old" in self.rotate()
        settings.ENCRYPTION_KEYS = [NEW]
        texts = {note.text for note in Note.objects.all()}
        assert texts == {"old 0", "old 1", "old 2", "parent", "new"}
        assert LongNote.objects.get().more == "child"
        assert self.rotate() == (
            "rows: 9 under key new, 0 unreadable; 0 re-encrypted\n"
        )

    def test_leaves_alone_what_is_new_in_a_row_that_is_not(self, old_rows):
        old_rows[0].extra = "y"
        old_rows[0].save(update_fields=["extra"])
        before = raw(Note, "extra", old_rows[0].pk)
        assert "; 7 re-encrypted" in self.rotate()
        assert raw(Note, "extra", old_rows[0].pk) == before

    def test_only_counts_in_a_dry_run(self, old_rows, settings):
        report = self.rotate(dry_run=True)
        assert "8 under key old" in report
        assert "1 under key new" in report
        assert "; 0 re-encrypted" in report
        settings.ENCRYPTION_KEYS = [OLD]
        assert Note.objects.get(pk=old_rows[0].pk).text == "old 0"

    def test_goes_on_where_it_was_interrupted(self, old_rows, settings, monkeypatch):
        rewrite, done = rotation._rewrite_row, []

        def stopped_at_the_third(*args):
            if len(done) == 2:
                raise KeyboardInterrupt
            done.append(rewrite(*args))
            return done[-1]

        with monkeypatch.context() as patch:
            patch.setattr(rotation, "_rewrite_row", stopped_at_the_third)
            with pytest.raises(KeyboardInterrupt):
                self.rotate()
        report = self.rotate()
        assert f"{1 + sum(done)} under key new" in report
        assert f"{8 - sum(done)} re-encrypted" in report
        settings.ENCRYPTION_KEYS = [NEW]
        assert "old 1" in {note.text for note in Note.objects.all()}

    def test_names_rows_it_cannot_read_and_does_the_others(self, old_rows, settings):
        broken = old_rows[1]
        other = Note.objects.values_list("text", flat=True).get(pk=old_rows[0].pk)
        Note.objects.filter(pk=broken.pk).update(text=other)
        with pytest.raises(CommandError, match=f"core.note {broken.pk}") as caught:
            self.rotate()
        assert "old 0" not in str(caught.value)
        settings.ENCRYPTION_KEYS = [NEW]
        assert Note.objects.get(pk=old_rows[2].pk).text == "old 2"

    def test_asks_registered_rotators_too(self, notes):
        asked = []

        def rotate_files(*, dry_run):
            asked.append(dry_run)
            return encryption.Rotation(rewritten=4)

        encryption.register_rotator("files", rotate_files)
        assert "files: 0 unreadable; 4 re-encrypted" in self.rotate()
        self.rotate(dry_run=True)
        assert asked == [False, True]
