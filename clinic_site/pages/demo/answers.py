"""The demo's answers: written, signed off and published as on a real site."""

import re
from datetime import UTC, datetime, time

from articles.answers.review_dates import review_due
from articles.answers.sign_off import record_sign_off
from articles.models import (
    AnswerPage,
    AnswersIndexPage,
    RelatedAnswer,
    Source,
    TopicPage,
)
from clinic_site.core.models import ClinicImage, Expert
from clinic_site.users.models import User

from . import home
from .articles import ARTICLES
from .publishing import publish, stream
from .shapes import Article, Body
from .sources import SOURCES

DRAFTS = {
    "do-light-therapy-caps-regrow-hair": "We read this again after larger trials.",
    "does-biotin-help-hair-grow": "We read this again after trials in healthy people.",
}
MARKER = re.compile(r"\[(\d+)\]")
COPIED_FIELDS = (
    "slug",
    "title",
    "question",
    "asker_name",
    "asker_place",
    "asked_on",
    "short_answer",
    "evidence",
    "evidence_note",
    "search_description",
)


def add_answers(
    images: dict[str, ClinicImage], topics: dict[str, TopicPage]
) -> dict[str, AnswerPage]:
    index = AnswersIndexPage.objects.get()
    index.introduction = home.ANSWERS_INTRODUCTION
    publish(index)
    answers = {
        article.slug: add_answer(index, article, images, topics) for article in ARTICLES
    }
    for article in ARTICLES:
        page = answers[article.slug]
        page.body = stream(with_markers(article), images, answers)
        page.related = [
            RelatedAnswer(answer=answers[slug], sort_order=place)
            for place, slug in enumerate(article.related)
        ]
        sign_off(page, article)
        publish(page, at=article.published_on)
    add_drafts(answers)
    return answers


def add_drafts(answers: dict[str, AnswerPage]) -> None:
    """One changed text that waits for an editor, and one for a clinician."""
    writer = User.objects.get(username="writer")
    editor = User.objects.get(username="editor")
    for slug, addition in DRAFTS.items():
        page = answers[slug]
        page.evidence_note = f"{page.evidence_note} {addition}".strip()
        page.save_revision(user=writer)
        page = AnswerPage.objects.get(pk=page.pk)
        page.get_workflow().start(page, user=writer)
    state = page.current_workflow_task_state
    state.task.specific.on_action(state, user=editor, action_name="approve")


def sign_off(page: AnswerPage, article: Article) -> None:
    """As the clinician would in the workflow, on the day the article names."""
    record_sign_off(
        revision=page.save_revision(),
        clinician=Expert.objects.get(slug=article.reviewer),
        what_was_checked=article.reviewed_what,
        review_due=review_due(
            rating=article.evidence,
            years=[SOURCES[key].year for key in article.sources if SOURCES[key].year],
            today=article.reviewed_on,
        ),
        created_at=datetime.combine(article.reviewed_on, time(12), tzinfo=UTC),
    )


def add_answer(
    index: AnswersIndexPage,
    article: Article,
    images: dict[str, ClinicImage],
    topics: dict[str, TopicPage],
) -> AnswerPage:
    experts = Expert.objects.in_bulk(field_name="slug")
    page = AnswerPage(
        **{name: getattr(article, name) for name in COPIED_FIELDS},
        picture=images[article.picture],
        expert=experts[article.expert],
        primary_topic=topics[article.topic],
        questions_to_ask="\n".join(article.questions_to_ask),
        changes=[("change", vars(change)) for change in article.changes],
        # A Contributor opens no others but their own.
        owner=User.objects.get(
            username="writer" if article.slug in DRAFTS else "editor"
        ),
        body=stream(with_markers(article), images),
        live=False,
    )
    page.topics = [topics[slug] for slug in article.other_topics]
    return index.add_child(instance=page)


def with_markers(article: Article) -> Body:
    """The body with "[2]" in its texts turned into a marker of the second source."""
    sources = [source_of(key) for key in article.sources]

    def link(match: re.Match) -> str:
        source = sources[int(match[1]) - 1]
        return f'<a id="{source.pk}" linktype="source">[{source.short_name()}]</a>'

    def convert(value: object) -> object:
        if isinstance(value, str):
            return MARKER.sub(link, value)
        if isinstance(value, list):
            return [convert(item) for item in value]
        if isinstance(value, dict):
            return {name: convert(item) for name, item in value.items()}
        return value

    def cite(kind: str, value: object) -> object:
        if kind == "study":
            return {**value, "source": sources[value["source"] - 1]}
        return value

    return tuple((kind, cite(kind, convert(value))) for kind, value in article.body)


def source_of(key: str) -> Source:
    return Source.objects.get(title=SOURCES[key].title, year=SOURCES[key].year)
