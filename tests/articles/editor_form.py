"""What the page editor's form sends for an answer."""

from django.http import HttpResponse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from articles.models import AnswerPage

FEATURES = ["bold", "italic", "link", "ol", "ul", "source"]


def editor_form(page: AnswerPage, topics: tuple[int, ...] = (), **changes) -> dict:
    """As the page is, with changes."""
    blocks = []
    for block in page.body:
        value = block.value
        if block.block_type == "paragraph":
            value = rich_text(value.source, features=FEATURES)
        blocks.append((block.block_type, value))
    form = {
        "title": page.title,
        "slug": page.slug,
        "question": page.question,
        "asker_name": page.asker_name,
        "asker_place": page.asker_place,
        "asked_on": page.asked_on or "",
        "short_answer": page.short_answer,
        "body": streamfield(blocks),
        "evidence": page.evidence,
        "expert": page.expert_id or "",
        "primary_topic": page.primary_topic_id or "",
        "changes": streamfield([]),
        "review_due": page.review_due or "",
        "related": inline_formset([]),
        "comments": inline_formset([]),
    }
    return {**nested_form_data({**form, **changes}), "topics": topics}


def words(response: HttpResponse) -> str:
    """What the page says that the answer leads to."""
    while response.status_code == 302:
        response = response.client.get(response.url)
    return response.content.decode()
