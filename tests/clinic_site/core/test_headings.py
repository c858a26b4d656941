"""The address of a section: made from its heading once, and then its own."""

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.core.blocks import BodyBlock
from clinic_site.core.blocks.headings import name_headings
from clinic_site.pages.models import StandardPage

BODY = BodyBlock()
WORDS = st.text(max_size=130) | st.sampled_from(["Doses", "Does it work?", "x" * 120])
ANCHORS = st.sampled_from(["", "doses", "doses-2", "Doses", "#", "a b", "x" * 80, None])


def headings(*pairs: tuple[str, str | None]):
    return BODY.to_python(
        [
            {"type": "heading", "value": {"text": text, "level": "h2", "anchor": name}}
            for text, name in pairs
        ]
    )


def anchors(body) -> list[str]:
    name_headings(body)
    return [block.value["anchor"] for block in body]


@given(st.lists(st.tuples(WORDS, ANCHORS), max_size=8))
def test_each_is_a_slug_of_its_own_that_naming_again_does_not_change(pairs):
    body = headings(*pairs)

    named = anchors(body)

    assert len(set(named)) == len(named)
    assert all(re.fullmatch(r"[a-z0-9_-]{1,60}", name) for name in named)
    assert anchors(body) == named


class TestAnAnchor:
    def test_is_kept_by_its_heading_when_a_new_one_with_the_same_words_comes_first(
        self,
    ):
        assert anchors(headings(("Doses", ""), ("Doses", "doses"))) == [
            "doses-2",
            "doses",
        ]

    def test_is_not_shared_by_a_copy_of_the_heading(self):
        copied = headings(("Doses", "doses"), ("Harms", "doses"))
        assert anchors(copied) == ["doses", "harms"]

    @pytest.mark.django_db
    def test_stays_when_the_words_of_a_published_page_change(self, home):
        page = StandardPage(title="About us", body=headings(("Prices", "")))
        home.add_child(instance=page)

        page.body[0].value["text"] = "What it costs"
        page.save_revision().publish()

        page = StandardPage.objects.get(pk=page.pk)
        assert page.body[0].value["text"] == "What it costs"
        assert anchors(page.body) == ["prices"]

    @pytest.mark.django_db
    def test_is_in_the_editor_of_a_text_stored_without_one(self, admin_client, home):
        page = StandardPage(title="About us", body=headings(("Prices", "")))
        home.add_child(instance=page)
        bare = [{"type": "heading", "value": {"text": "Prices", "level": "h2"}}]
        StandardPage.objects.filter(pk=page.pk).update(body=json.dumps(bare))

        response = admin_client.get(f"/admin/pages/{page.pk}/edit/")

        assert '"anchor": "prices"' in unescape(response.content.decode())
