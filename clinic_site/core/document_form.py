"""The form by which editors add and replace documents."""

from wagtail.documents.forms import BaseDocumentForm

from .media_in_use import KeepsWhatIsShown


class ClinicDocumentForm(KeepsWhatIsShown, BaseDocumentForm):
    shown = frozenset({"file"})
