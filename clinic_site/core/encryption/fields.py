"""Model fields whose content is encrypted in the database, clear on the instance.

    class Answers(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
        note = EncryptedTextField(blank=True)

`answers.note` is a str. It is encrypted when the row is saved and decrypted when it
is first read, so a list of rows decrypts nothing. The blank value ("" or {}) is
stored as zero bytes, which `filter(note="")` finds and `update(note="")` writes;
any other value in a query is a TypeError, for it would put clear text in SQL.
For the same reason `bulk_update()` and `loaddata` refuse encrypted fields.
`values()` and `values_list()` give the blob.
"""

import base64
import json

from django import forms
from django.core import checks, validators
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from .blobs import decrypt, encrypt, is_outdated, reencrypt


class Sealed(bytes):
    """A blob from the database, with the key of the row it was loaded into.

    The row is kept because a program may give an instance a new key to save a copy.
    """

    row: str | None = None


class EncryptedAttribute(DeferredAttribute):
    def __get__(self, instance, cls=None):
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            row = value.row or self.field.row_of(instance)
            value = self.field.unseal(value, row)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance, value):
        if isinstance(value, Sealed) and value.row is None:
            value = Sealed(value)
            value.row = self.field.row_of(instance)
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.Field):
    """What the fields below share; they say how a value becomes bytes and back."""

    descriptor_class = EncryptedAttribute
    clear_type: tuple[type, ...]
    blank_value: object

    def to_bytes(self, value) -> bytes:
        raise NotImplementedError

    def from_bytes(self, content: bytes):
        raise NotImplementedError

    def get_internal_type(self) -> str:
        return "BinaryField"

    def get_placeholder(self, value, compiler, connection):
        return connection.ops.binary_placeholder_sql(value)

    # Between the instance and the database

    def row_of(self, instance) -> str | None:
        # From __dict__: while a row loads, its key may not be there yet, and asking
        # for it as an attribute would query the database. The key of the model that
        # declares the field, which a child of that model shares.
        key = self.model._meta.pk
        value = instance.__dict__.get(key.attname)
        return None if value is None else str(key.to_python(value))

    def bound_to(self, row: str | None) -> str:
        name = f"{self.model._meta.label_lower}.{self.attname}"
        if row is None:
            raise ValueError(
                f"{name} is encrypted for its row, and this row has no primary key "
                "yet. Give the model a UUID key with a default."
            )
        return f"{name}:{row}"

    def seal(self, value, row: str | None) -> Sealed | None:
        if value is None:
            return None
        if not isinstance(value, self.clear_type):
            raise TypeError(
                f"{self.model._meta.label_lower}.{self.attname} cannot hold a "
                f"{type(value).__name__}."
            )
        if value == self.blank_value:
            return Sealed()
        return Sealed(encrypt(self.to_bytes(value), bound_to=self.bound_to(row)))

    def unseal(self, blob: Sealed, row: str | None):
        if not blob:
            return type(self.blank_value)()
        return self.from_bytes(decrypt(blob, bound_to=self.bound_to(row)))

    def reseal(self, blob: Sealed, row) -> Sealed:
        """The same blob under the newest key."""
        bound_to = self.bound_to(str(self.model._meta.pk.to_python(row)))
        return Sealed(reencrypt(blob, bound_to=bound_to))

    def pre_save(self, model_instance, add):
        value = model_instance.__dict__.get(self.attname)
        row = self.row_of(model_instance)
        untouched = value and isinstance(value, Sealed) and value.row == row
        if untouched and not is_outdated(value):
            return value
        return self.seal(getattr(model_instance, self.attname), row)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def get_prep_value(self, value):
        if value is None or isinstance(value, Sealed):
            return value
        if value == self.blank_value or value == b"":
            return Sealed()
        raise TypeError(
            f"{self.model._meta.label_lower}.{self.attname} is encrypted: a query can "
            "neither search nor write it. Set it on an instance and save() that."
        )

    def get_db_prep_value(self, value, connection, prepared=False):
        value = super().get_db_prep_value(value, connection, prepared)
        return None if value is None else connection.Database.Binary(value)

    def get_lookup(self, lookup_name):
        # The other lookups would not fail but quietly compare with ciphertext.
        if lookup_name not in ("exact", "isnull"):
            raise TypeError(
                f"{self.model._meta.label_lower}.{self.attname} is encrypted: only "
                '`=""`, `=None` and `__isnull` can be asked of it.'
            )
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj) -> str:
        """For dumpdata: the blob, not the clear text."""
        return base64.b64encode(self.pre_save(obj, add=False) or b"").decode()

    # Checks

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_key()]

    def _check_key(self) -> list[checks.Error]:
        key = self.model._meta.pk
        while key.is_relation:
            key = key.target_field
        if isinstance(key, models.UUIDField):
            return []
        return [
            checks.Error(
                "An encrypted field needs a model whose primary key is a UUIDField: "
                "the key must be known before the row is saved.",
                obj=self,
                id="encryption.E002",
            )
        ]


class EncryptedTextField(EncryptedField):
    description = "Encrypted text"
    clear_type = (str,)
    blank_value = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def to_bytes(self, value: str) -> bytes:
        return value.encode()

    def from_bytes(self, content: bytes) -> str:
        return content.decode()

    def formfield(self, **kwargs):
        return super().formfield(
            **{"max_length": self.max_length, "widget": forms.Textarea, **kwargs}
        )


class EncryptedJSONField(EncryptedField):
    """A dict or a list; use default=dict. Changes inside it are saved too."""

    description = "Encrypted JSON"
    empty_strings_allowed = False
    clear_type = (dict, list)
    blank_value: dict = {}

    def to_bytes(self, value) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, separators=(",", ":")).encode()

    def from_bytes(self, content: bytes):
        return json.loads(content)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.JSONField, **kwargs})


def decrypt_fields(instance: models.Model) -> None:
    """Read every encrypted field now. Raises DecryptionFailed where one is lost."""
    for field in instance._meta.concrete_fields:
        if isinstance(field, EncryptedField):
            getattr(instance, field.attname)
