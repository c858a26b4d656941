"""The form by which editors add and replace documents."""

from wagtail.documents.forms import BaseDocumentForm

from .library import KeepsWhatIsShown


class ClinicDocumentForm(KeepsWhatIsShown, BaseDocumentForm):
    shown = frozenset({"file"})
