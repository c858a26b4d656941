"""An answer on one sheet, to print, take along and write on."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.blocks import StructValue
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from .citations import ids_in
from .sources import Source

TEMPLATE = "answers/appointment_sheet.html"
# Call-outs that somebody deciding about a treatment must not overlook.
CALLOUTS = ("warning", "doctor")
# More of them take the room to write; the whole answer has them all.
SOURCES = 8

FOR_EVERYBODY = (
    "What do you think causes my hair loss, and how sure are you?",
    "What happens if I do nothing for now?",
    "Which side effects should make me stop and ask for help?",
)
# For an answer whose editors wrote no questions of its own.
GENERAL_QUESTIONS = {
    "strong": (
        "How well does this usually work for somebody like me, and after how long?",
        "How will we tell whether it is working?",
        "What does it cost, and for how long would I need it?",
    ),
    "mixed": (
        "The studies disagree. What makes you think that it would help me?",
        "How will we tell whether it is working, and when would we stop?",
        "Which other choices have better evidence?",
    ),
    "weak": (
        "The studies are few or small. Why would you suggest it all the same?",
        "Which choices have better evidence, and why not try those first?",
        "What does it cost, and when would we stop?",
    ),
    "none": (
        "Nobody has tested this in a study. What do you base your advice on?",
        "Is there something that has been tested which I could try first?",
        "What does it cost, and when would we stop?",
    ),
    "not_applicable": (
        "How does this answer apply to me?",
        "Do I need any tests or photographs to compare with later?",
        "When should I come back, and whom can I ask in between?",
    ),
}


@dataclass(frozen=True)
class ListedSource:
    """A source in a line or two, under the number it has in the answer."""

    number: int
    source: Source

    def who(self) -> str:
        """Two authors by name, more of them as "et al."."""
        names = [name.strip() for name in self.source.authors.split(",")]
        if len(names) > 2 or names[-1].startswith("et al"):
            return f"{names[0]} et al."
        return self.source.authors


def questions(page: "AppointmentSheet") -> list[str]:
    """The editors' own; without any, general ones that suit the rating."""
    own = [line.strip() for line in page.questions_to_ask.splitlines()]
    # A draft may have no rating yet, and can be looked at all the same.
    general = [*FOR_EVERYBODY, *GENERAL_QUESTIONS.get(page.evidence, ())]
    return [line for line in own if line] or general


def listed(sources: list[Source], callouts: list[StructValue]) -> list[ListedSource]:
    """Those the sheet itself refers to, and the first of the others."""
    cited = {pk for callout in callouts for pk in ids_in(callout["text"].source)}
    rows = [ListedSource(number, source) for number, source in enumerate(sources, 1)]
    needed = [row for row in rows if row.source.pk in cited or row.source.is_troubled()]
    others = [row for row in rows if row not in needed]
    chosen = needed + others[: max(0, SOURCES - len(needed))]
    return sorted(chosen, key=lambda row: row.number)


def callouts(page: "AppointmentSheet") -> list[StructValue]:
    return [
        block.value
        for block in page.body
        if block.block_type == "callout" and block.value["kind"] in CALLOUTS
    ]


class AppointmentSheet(RoutablePageMixin):
    """Gives a page a second address below its own, under the same restrictions."""

    @path("appointment-sheet/")
    def appointment_sheet(self, request: HttpRequest) -> HttpResponse:
        return TemplateResponse(request, TEMPLATE, self.sheet_context(request))

    def sheet_url(self) -> str:
        return f"{self.url}{self.reverse_subpage('appointment_sheet')}"

    def sheet_context(self, request: HttpRequest) -> dict:
        context = self.get_context(request)
        shown = callouts(self)
        found = listed(context["sources"], shown)
        return {
            **context,
            "questions": questions(self),
            "callouts": shown,
            "listed": found,
            "not_listed": len(context["sources"]) - len(found),
        }
