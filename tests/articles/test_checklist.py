"""What is left to do, beside the editor."""

import pytest
from bs4 import BeautifulSoup

from .editor_form import editor_form
from .signing import (
    save_draft,
)
from .texts import NEW

COUNTER = "[data-side-panel-toggle-counter]"
pytestmark = [pytest.mark.django_db, pytest.mark.rendering]


class TestTheChecklistBesideTheEditor:
    def panel(self, client, page) -> str:
        html = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
        _, _, panel = html.partition('data-side-panel="checklist"')
        return panel[:3000]

    def test_says_what_is_left_to_do(self, editor, draft):
        save_draft(draft, short_answer="Too short.")
        panel = self.panel(editor, draft)
        assert "Write at least 40" in panel
        assert "No clinician has signed this off yet" in panel

    def test_says_who_stands_for_the_text(self, editor, live):
        panel = self.panel(editor, live)
        assert f"Signed off by {live.sign_off.clinician}" in panel
        assert "the text is unchanged" in panel
        assert "it can be submitted" in panel

    def test_says_that_the_text_changed_and_leads_to_what(self, editor, live):
        save_draft(live, short_answer=NEW)
        panel = self.panel(editor, live)
        assert "The text has changed since" in panel
        assert "/revisions/compare/" in panel

    def test_is_drawn_anew_by_autosave(self, editor, draft):
        form = editor_form(draft, short_answer="Too short.")
        response = editor.post(
            f"/admin/pages/{draft.pk}/edit/",
            form,
            headers={"accept": "application/json"},
        )
        html = response.json()["html"]
        assert "[data-side-panel=&#x27;checklist&#x27;]" in html or (
            "[data-side-panel='checklist']" in html
        )
        assert "Write at least 40" in html

    def test_counts_anew_what_is_left_on_its_button(self, editor, draft):
        form = editor_form(draft, short_answer="Too short.", question="")
        path = f"/admin/pages/{draft.pk}/edit/"
        json = {"accept": "application/json"}
        html = editor.post(path, form, headers=json).json()["html"]
        count = BeautifulSoup(html, "html.parser").select_one(COUNTER)
        assert count.string == "2"
        assert not count.has_attr("hidden")
        html = editor.post(path, editor_form(draft), headers=json).json()["html"]
        count = BeautifulSoup(html, "html.parser").select_one(COUNTER)
        assert count.has_attr("hidden")

    def test_names_an_empty_answer_once_and_in_words(self, editor, draft):
        save_draft(draft, body=[])
        panel = self.panel(editor, draft)
        assert "Write the answer." in panel
        assert "This field is required" not in panel

    def test_is_there_for_a_new_page(self, editor, answers_index):
        path = f"/admin/pages/add/articles/answerpage/{answers_index.pk}/"
        html = editor.get(path).content.decode()
        assert 'data-side-panel="checklist"' in html
        assert "Save a draft to see" in html
