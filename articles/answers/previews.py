"""What an editor can look at before an answer goes out."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from . import sheet

MODES = {
    "": ("Page", "answers/answer_page.html"),
    "card": ("Card in lists", "answers/preview_card.html"),
    "social": ("Shared link", "answers/preview_social.html"),
    "print": ("Printed", "answers/preview_print.html"),
    "sheet": ("Appointment sheet", sheet.TEMPLATE),
}


class AnswerPreviews(sheet.AppointmentSheet):
    """An answer in every form in which a reader may meet it."""

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [(mode, label) for mode, (label, _template) in MODES.items()]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        mode = mode_name if mode_name in MODES else self.default_preview_mode
        _label, template = MODES[mode]
        context = (
            self.sheet_context(request)
            if mode == "sheet"
            else self.get_context(request)
        )
        return TemplateResponse(request, template, context)
