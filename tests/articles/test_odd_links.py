"""Ids in a stored text that no row can have: crafted, imported or mistyped."""

import json
import logging

import pytest
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText

from articles.answers import rules
from tests.factories.articles import write

from .editor_form import editor_form

pytestmark = pytest.mark.django_db

IDS = ["99999999999999999999", "abc", "1.5", "-5", "", None]


@pytest.fixture
def stored(draft):
    """stored(html): the draft, and what readers see of it, with this in its text."""

    def make(html: str):
        draft.body = [("paragraph", RichText(f"<p>See {html} too.</p>"))]
        draft.save_revision()
        write(draft)
        type(draft).objects.filter(pk=draft.pk).update(live=True)
        return draft

    return make


def link(kind: str, pk: str | None) -> str:
    attribute = "" if pk is None else f' id="{pk}"'
    return f'<a{attribute} linktype="{kind}">this</a>'


def opens_everywhere(client, page) -> bool:
    paths = [f"/admin/pages/{page.pk}/{view}/" for view in ("edit", "view_draft")]
    return all(client.get(path).status_code == 200 for path in [*paths, page.url])


@pytest.mark.parametrize("kind", ["page", "document", "source"])
@pytest.mark.parametrize("pk", IDS)
def test_a_page_with_one_opens_and_is_not_published(owner, stored, caplog, kind, pk):
    page = stored(link(kind, pk))
    assert opens_everywhere(owner, page)
    (problem,) = rules.problems(page)
    assert "Remove" in problem.message or "remove" in problem.message
    # Wagtail's task that notes what refers to what went through as well.
    assert not [log for log in caplog.records if log.levelno >= logging.ERROR]
    assert not [
        reference
        for reference in ReferenceIndex.get_references_for_object(page)
        if reference.to_object_id == pk
    ]


def test_a_link_of_a_kind_that_nobody_knows_leads_nowhere(owner, stored):
    page = stored(link("story", "1"))
    assert opens_everywhere(owner, page)
    (problem,) = rules.problems(page)
    assert "leads nowhere" in problem.message


@pytest.mark.parametrize(
    "embed",
    [
        '<embed embedtype="image" id="abc" format="left" alt=""/>',
        '<embed embedtype="image" id="99999999999999999999" format="left"/>',
        '<embed embedtype="media" url="https://videos.example/1"/>',
        '<embed embedtype="media"/>',
        '<embed embedtype="story" id="1"/>',
    ],
)
def test_what_cannot_be_in_a_text_is_left_out(owner, stored, embed):
    page = stored(embed)
    assert opens_everywhere(owner, page)
    assert "<embed" not in owner.get(page.url).text


@pytest.mark.parametrize(
    "data", [{"id": "abc"}, {"id": 10**20}, {"id": ["a"]}, {}, {"url": None}]
)
@pytest.mark.parametrize("kind", ["LINK", "DOCUMENT", "SOURCE"])
def test_a_form_that_posts_one_is_kept_and_opens_again(owner, draft, kind, data):
    form = editor_form(draft)
    (name,) = [name for name, value in form.items() if "unstyled" in str(value)]
    state = json.loads(form[name])
    state["entityMap"] = {"0": {"type": kind, "mutability": "MUTABLE", "data": data}}
    state["blocks"][0]["entityRanges"] = [{"offset": 0, "length": 4, "key": 0}]
    response = owner.post(
        f"/admin/pages/{draft.pk}/edit/", {**form, name: json.dumps(state)}
    )
    assert response.status_code == 302
    assert owner.get(f"/admin/pages/{draft.pk}/edit/").status_code == 200
