"""Words that are none, and characters that break a page, do not go live."""

import time

import pytest
from wagtail.rich_text import RichText

from articles.answers import rules

from .editor_form import editor_form

pytestmark = pytest.mark.django_db
UNSEEN = "\u200b\u2800\u00ad "


def told(page, field: str) -> list[str]:
    return [found.message for found in rules.problems(page) if found.field == field]


@pytest.mark.parametrize("name", ["title", "question", "short_answer"])
def test_what_nobody_can_see_is_no_text(draft, name):
    setattr(draft, name, UNSEEN * 20)
    assert told(draft, name)


@pytest.mark.parametrize(
    "block",
    [
        ("paragraph", RichText("<p></p>")),
        ("paragraph", RichText('<p data-block-key="a">&nbsp;<br/></p>')),
        ("paragraph", RichText(f"<ul><li>{UNSEEN}</li></ul>")),
        ("key_points", {"points": [RichText("<p>One</p>"), RichText("<p> </p>")]}),
        ("heading", {"text": UNSEEN, "level": "h2"}),
        (
            "callout",
            {"kind": "warning", "title": "Note", "text": RichText("<p></p>")},
        ),
    ],
)
def test_an_empty_text_is_refused_at_its_block(draft, block):
    draft.body = [("paragraph", RichText("<p>First.</p>")), block]
    found = rules.problems(draft)
    assert [(problem.field, problem.block) for problem in found] == [("body", 1)]
    assert "is empty. Write something, or remove it." in found[0].message


def test_an_optional_text_may_be_empty(draft):
    step = {"title": "Wash", "text": RichText('<p data-block-key="a"></p>')}
    draft.body = [("steps", {"steps": [step]})]
    assert rules.problems(draft) == []


@pytest.mark.parametrize("odd", "\x00\x1f\u202e\u2066\ud800\uf0b7\uffff")
def test_a_character_nobody_can_read_is_named_with_its_place(draft, odd):
    draft.title = f"One{odd}two"
    draft.body = [("paragraph", RichText(f"<p>Doses of <b>5{odd}0</b></p>"))]
    code = f"U+{ord(odd):04X}"
    assert f"({code}) stands after “One”. Delete" in told(draft, "title")[0]
    assert f"({code}) stands after “Doses of 5”" in " ".join(told(draft, "body"))


def test_letters_of_other_scripts_and_emojis_are_words(draft):
    draft.title = "عربى ไทย 日本語 e\u0301 👩\u200d⚕️ 50\u00a0% \u2011"
    draft.body = [("paragraph", RichText(f"<p>{draft.title}</p>"))]
    assert rules.problems(draft) == []


def test_a_number_typed_like_a_marker_is_refused(draft):
    draft.body = [("paragraph", RichText("<p>It grew [12] in most.</p>"))]
    (problem,) = told(draft, "body")
    assert problem.startswith("“[12]” is typed by hand")


def test_a_link_without_words_is_refused(draft):
    draft.body = [("paragraph", RichText('<p>A <a href="https://a.org/b"> </a></p>'))]
    assert "A link has no words. Remove it." in told(draft, "body")


def test_ten_thousand_blocks_and_unclosed_links_do_not_hang_the_editor(draft):
    text = RichText("<p>" + "<a " * 20 + "</p>")
    draft.body = [("paragraph", text)] * 10_000
    started = time.monotonic()
    rules.problems(draft)
    draft.body = [("paragraph", RichText("<p>" + "<a href" * 100_000 + ">x</p>"))]
    rules.problems(draft)
    # A second or two, or ten minutes and more: the limit only tells those apart.
    assert time.monotonic() - started < 60


def test_all_problems_of_a_text_are_shown_at_their_blocks(publisher, draft):
    draft.body = [
        ("heading", {"text": "A detail", "level": "h3"}),
        ("paragraph", RichText('<p><a href="#nowhere">there</a></p>')),
        ("paragraph", RichText("<p></p>")),
    ]
    form = editor_form(draft, **{"action-publish": "1"})
    response = publisher.post(f"/admin/pages/{draft.pk}/edit/", form)
    errors = response.context["form"].errors.as_data()["body"]
    assert len(errors) == 1, "the editor shows no second one"
    assert sorted(errors[0].block_errors) == [0, 1, 2]
    for words in ("no section begins before it", "leads nowhere", "is empty. Write"):
        assert words in response.content.decode()
