import unicodedata

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import AnswerPage, TopicPage
from clinic_site.core.rate_limit import Limit

MAX_LENGTH = 120
MAX_WORDS = 10
PER_PAGE = 10
SEARCHES = Limit("search", times=60, seconds=60)


def plain_words(typed: str) -> str:
    """What was typed as plain words, safe for every search backend.

    Letters, digits and inner apostrophes and hyphens stay. A lone quotation
    mark, a NUL or blanks alone make SQLite's full text search fail, and words
    such as NEAR or OR are operators there only when they stand in upper case.
    """
    text = unicodedata.normalize("NFKC", typed)[:MAX_LENGTH].casefold()
    kept = "".join(
        character if character.isalnum() or character in "'’-" else " "
        for character in text
    )
    words = (word.strip("'’-").replace("’", "'") for word in kept.split())
    return " ".join([word for word in words if word][:MAX_WORDS])


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    SEARCHES.check(request)
    typed = request.GET.get("q", "")[:MAX_LENGTH].replace("\x00", "")
    words = plain_words(typed)
    found = AnswerPage.objects.none()
    if words:
        found = AnswerPage.objects.live().public().for_cards().search(words)
    answers = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "typed": typed.strip(),
        "answers": answers,
        "list_query": {"q": typed.strip()},
        "topics": TopicPage.objects.published(),
    }
    return render(request, "pages/search.html", context)
