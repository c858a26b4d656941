"""What an editor is told before a page goes to the clinician, not while drafting."""

import pytest
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from articles.models import AnswerPage, Source
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    marker,
)
from tests.factories.consultations import ResourceFactory, stored_booking
from tests.factories.core import ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


@pytest.fixture
def send(client_of, answer):
    """Send the editor's form for the answer, with changes, to the workflow."""
    editor = client_of("Editors")

    def post(action: str = "action-submit", **changes):
        form = {
            "title": answer.title,
            "slug": answer.slug,
            "question": answer.question,
            "asker_name": "Sam",
            "short_answer": answer.short_answer,
            "body": text("A text."),
            "evidence": "not_applicable",
            "expert": answer.expert.pk,
            "primary_topic": answer.primary_topic.pk,
            "changes": streamfield([]),
            "related": inline_formset([]),
            "comments": inline_formset([]),
            action: "1",
        }
        path = f"/admin/pages/{answer.pk}/edit/"
        return editor.post(path, nested_form_data({**form, **changes}))

    return post


def text(words: str) -> dict:
    return streamfield([("paragraph", typed(words))])


def typed(words: str) -> str:
    return rich_text(f"<p>{words}</p>", features=["link", "document-link", "source"])


def refusal(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_complete_page_is_sent_and_the_live_one_stays(send, answer):
    response = send(title="A better title")
    assert response.status_code == 302
    page = AnswerPage.objects.get(pk=answer.pk)
    assert page.title == answer.title
    assert page.get_latest_revision_as_object().title == "A better title"
    assert page.current_workflow_state is not None


# What is typed, and the words that say what to do.
INCOMPLETE = {
    "a short answer of three words": (
        lambda: {"short_answer": "It may work."},
        "Write at least 40",
    ),
    "a rating without a source": (lambda: {"evidence": "mixed"}, "cites no source"),
    "a part before any section": (
        lambda: {"body": streamfield([("heading", {"text": "Doses", "level": "h3"})])},
        "Make it a section",
    ),
    "a link to nothing": (
        lambda: {"body": text('See <a href="https://x">the trial</a>.')},
        "leads nowhere",
    ),
    "a link to a page that is gone": (
        lambda: {"body": text('See <a id="99999" linktype="page">this</a>.')},
        "leads nowhere",
    ),
    "a link to a document that is gone": (
        lambda: {"body": text('See <a id="99999" linktype="document">this</a>.')},
        "leads nowhere",
    ),
    "a marker copied from what readers see": (
        lambda: {
            "body": text('So <a href="https://a.example/answers/b/#source-1">[1]</a>.')
        },
        "Put a source marker in its place",
    ),
    "a marker that names no source": (
        lambda: {"body": text('So <a id="abc" linktype="source">[A 2017]</a>.')},
        "points to a source that was deleted",
    ),
    "a link to a section that is not there": (
        lambda: {"body": text('See <a href="#section-doses">below</a>.')},
        "leads nowhere",
    ),
    "a marker of a deleted source": (
        lambda: {"body": text('So <a id="99999" linktype="source">[Gone 2001]</a>.')},
        "a source that was",
    ),
    "nobody who answers": (lambda: {"expert": ""}, "required"),
    "no topic": (lambda: {"primary_topic": ""}, "required"),
}


@pytest.mark.parametrize("case", INCOMPLETE)
def test_it_is_not_sent_with(send, answer, case):
    changes, words = INCOMPLETE[case]

    assert words in refusal(send(**changes()))
    assert answer.current_workflow_state is None


@pytest.mark.parametrize("case", INCOMPLETE)
def test_it_may_be_kept_as_a_draft_with(send, case):
    changes, _ = INCOMPLETE[case]
    assert send(action="draft", **changes()).status_code == 302


def test_a_link_to_a_section_of_the_page_leads_there(send):
    heading = ("heading", {"text": "Doses", "level": "h2"})
    link = ("paragraph", typed('See <a href="#section-doses">below</a>.'))
    assert send(body=streamfield([link, heading])).status_code == 302


def test_a_rating_stands_with_a_source(send):
    body = text(f"A claim {marker(SourceFactory())}.")
    assert send(evidence="mixed", body=body).status_code == 302


def warning(words: str) -> tuple[str, dict]:
    return "callout", {"kind": "warning", "title": "Note", "text": typed(words)}


def test_a_retracted_source_needs_a_warning_about_it(send):
    source = SourceFactory(status=Source.Status.RETRACTED)
    claim = ("paragraph", typed(f"A claim {marker(source)}."))
    other = warning("Do not stop a treatment without asking.")
    about_it = warning(f"This study was withdrawn {marker(source)}.")

    assert "was retracted" in refusal(send(body=streamfield([claim])))
    assert "was retracted" in refusal(send(body=streamfield([claim, other])))
    assert send(body=streamfield([claim, about_it])).status_code == 302


def test_a_picture_needs_words_that_are_not_a_file_name(send):
    image = ClinicImageFactory(description="IMG_2043.jpg")
    assert "is a file name" in refusal(send(picture=image.pk))
    image.description = "A follicle in a slice of skin"
    image.save()
    assert send(picture=image.pk).status_code == 302


def test_an_answer_is_not_related_to_itself(send, answer):
    related = inline_formset([{"answer": answer.pk}])
    assert "not this one itself" in refusal(send(related=related))


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
        clinic = ResourceFactory().clinic
        stored_booking()
        assert self.refused(owner, f"/admin/snippets/core/clinic/delete/{clinic.pk}/")

    def test_a_member_of_staff_who_looked_at_a_case(self, owner, user_in):
        user = user_in("Specialists")
        stored_booking().events.update(actor=user)
        assert self.refused(owner, f"/admin/users/delete/{user.pk}/")
