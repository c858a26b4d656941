"""What an editor is told before a page goes out."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from articles.models import AnswerPage
from tests.factories.articles import AnswerPageFactory, SourceFactory, TopicPageFactory
from tests.factories.consultations import stored_booking
from tests.factories.core import ClinicFactory, ExpertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


@pytest.fixture
def send(client_of, answer):
    """Send the editor's form for the answer, with changes."""
    editor = client_of("Editors")

    def post(action: str = "action-publish", **changes):
        form = {
            "title": answer.title,
            "slug": answer.slug,
            "question": answer.question,
            "asker_name": "Sam",
            "short_answer": answer.short_answer,
            "body": streamfield([("paragraph", rich_text("<p>A text.</p>"))]),
            "evidence": "weak",
            "expert": answer.expert.pk,
            "primary_topic": answer.primary_topic.pk,
            "cited": inline_formset([]),
            "related": inline_formset([]),
            "comments": inline_formset([]),
            action: "1",
        }
        path = f"/admin/pages/{answer.pk}/edit/"
        return editor.post(path, nested_form_data({**form, **changes}))

    return post


def test_a_complete_page_is_published(send, answer):
    response = send(title="A better title")
    assert response.status_code == 302
    assert AnswerPage.objects.get(pk=answer.pk).title == "A better title"


def refusal(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_an_answer_is_not_related_to_itself(send, answer):
    related = inline_formset([{"answer": answer.pk}])
    assert "not this one itself" in refusal(send(related=related))


def test_a_source_is_not_cited_twice(send):
    source = SourceFactory()
    cited = inline_formset([{"source": source.pk}, {"source": source.pk}])
    assert "in the list already" in refusal(send(cited=cited))


def test_a_reviewer_comes_with_the_day_of_the_review(send):
    reviewer = ExpertFactory().pk
    words = "both who reviewed it and when"
    assert words in refusal(send(reviewer=reviewer))
    assert words in refusal(send(reviewed_on="2026-11-09"))
    assert send(reviewer=reviewer, reviewed_on="2026-11-09").status_code == 302


def test_a_draft_may_lack_the_day_of_the_review(send, answer):
    assert send(action="draft", reviewer=ExpertFactory().pk).status_code == 302


def test_somebody_who_left_signs_no_new_answers(send, answer):
    gone = ExpertFactory(is_active=False)
    assert "no longer active" in refusal(send(expert=gone.pk))
    answer.expert.is_active = False
    answer.expert.save()
    assert send(title="Still theirs").status_code == 302


class TestWhatOthersNeedIsNotDeleted:
    """The database refuses; the admin says so and shows no error page."""

    @pytest.fixture
    def owner(self, client_of):
        return client_of(is_superuser=True)

    def refused(self, owner, path: str) -> bool:
        response = owner.post(path, follow=True)
        return "other records still need it" in response.content.decode()

    def test_a_topic_with_answers(self, owner, answer):
        topic = answer.primary_topic
        owner.post(f"/admin/pages/{topic.pk}/delete/")
        assert Page.objects.filter(pk=topic.pk).exists()

    def test_a_clinic_with_consultations(self, owner, home):
        clinic = ClinicFactory()
        stored_booking(mode="clinic", clinic=clinic)
        assert self.refused(owner, f"/admin/snippets/core/clinic/delete/{clinic.pk}/")

    def test_a_member_of_staff_who_looked_at_a_case(self, owner, user_in):
        user = user_in("Specialists")
        stored_booking().events.update(actor=user)
        assert self.refused(owner, f"/admin/users/delete/{user.pk}/")
