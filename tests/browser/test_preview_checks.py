"""What the Checks panel beside the page editor says about a draft."""

import pytest
from playwright.sync_api import Locator, Page, expect

DRAFT = """
import json
from articles.models import AnswerPage, AnswersIndexPage, Source, TopicPage
from clinic_site.core.models import Expert
source = Source.objects.first()
marker = f'<a id="{source.pk}" linktype="source">[{source.short_name()}]</a>'
paragraphs = [
    '<p>Read about it <a href="https://example.org/a">here</a>.</p>',
    '<p>Or read <a href="https://example.org/b">what others ask us</a>.</p>',
    '<p>In a trial of 30 people, 42% had more hair.</p>',
    f'<p>In another trial nine in ten saw no change.{marker} It is small.</p>',
    '<p><b><i>Is it so?</i></b></p>',
    '<p>We are open from 9 to 7.</p>',
]
blocks = [{"type": "paragraph", "value": text} for text in paragraphs]
callout = {"kind": "note", "title": "Not a heading", "text": "<p>It is a title.</p>"}
blocks.append({"type": "callout", "value": callout})
page = AnswerPage(
    title="Does a draft with faults pass?",
    slug="draft-with-faults",
    question="Does it?",
    short_answer="Perhaps.",
    evidence="weak",
    expert=Expert.objects.first(),
    primary_topic=TopicPage.objects.first(),
    live=False,
    search_description="Far too long for any search engine to show. " * 6,
    body=json.dumps(blocks),
)
AnswersIndexPage.objects.get().add_child(instance=page)
page.save_revision()
print(page.pk)
"""


@pytest.fixture(scope="module")
def edit_path(site) -> str:
    """A draft with faults, in the database of the demo site that runs."""
    return f"/admin/pages/{site.made_by(DRAFT)}/edit/"


@pytest.fixture
def editor(sign_in, edit_path) -> Page:
    return sign_in("editor", path=edit_path)


def findings(page: Page, name: str) -> Locator:
    rows = page.locator("[data-checks-panel] [data-content-checker-row]")
    return rows.filter(has=page.get_by_role("heading", name=name, exact=True))


def test_each_fault_of_a_draft_is_found_and_explained(editor):
    editor.get_by_role("button", name="Toggle checks").click()

    link = findings(editor, "Link text says nothing")
    expect(link).to_have_count(1)
    expect(link).to_contain_text("Write where the link leads")
    number = findings(editor, "A number without a source")
    expect(number).to_have_count(1)
    expect(number).to_contain_text("Put a source marker at its end")
    short_answer = findings(editor, "The short answer is missing or too short")
    expect(short_answer).to_have_count(1)
    expect(
        findings(editor, "The description for search engines is too long")
    ).to_have_count(1)
    heading = findings(editor, "A paragraph that looks like a heading")
    expect(heading).to_contain_text("Put a Heading block in its place")
    # Only these: what is right is left alone.
    expect(
        editor.locator("[data-checks-panel] [data-content-checker-row]")
    ).to_have_count(5)


def test_visitors_load_nothing_of_it(visit):
    page = visit("/answers/").page
    assert page.locator("script[src*=content-checks], wagtail-userbar").count() == 0
