"""Who an expert is, once readers have their word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic_site.core.models import Expert
from tests.factories.articles import AnswerPageFactory, TopicPageFactory, reviewed_by
from tests.factories.core import ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db

NAMES = ["name", "slug", "post_nominals", "role", "register", "register_number"]


@pytest.fixture
def expert() -> Expert:
    return ExpertFactory()


@pytest.fixture
def new_answer(answers_index, topics_index):
    def make(**fields):
        topic = TopicPageFactory(parent=topics_index)
        return AnswerPageFactory(parent=answers_index, primary_topic=topic, **fields)

    return make


@pytest.fixture
def send(client_of):
    """Send the form of an expert, with changes."""

    def post(expert: Expert, group: str = "Editors", **changes):
        form = {name: getattr(expert, name) for name in NAMES} | {"is_active": "on"}
        path = f"/admin/snippets/core/expert/edit/{expert.pk}/"
        response = client_of(group).post(path, {**form, **changes}, follow=True)
        expert.refresh_from_db()
        return response

    return post


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "Somebody Else"),
        ("post_nominals", "MD"),
        ("role", "Surgeon"),
        ("register_number", "EXAMPLE-1"),
        ("biography", "Operated on thousands."),
        ("picture", None),
    ],
)
def test_an_editor_cannot_change_whom_a_live_answer_names(
    send, new_answer, expert, field, typed
):
    new_answer(expert=expert)
    before = getattr(expert, field)
    typed = typed or str(ClinicImageFactory().pk)
    response = send(expert, **{field: typed})
    assert "Ask a publisher to change it" in response.text
    assert response.context["form"][field].value() == typed
    assert getattr(expert, field) == before


def test_an_editor_cannot_change_who_signed_an_answer_off(send, new_answer, expert):
    reviewed_by(new_answer(), expert)
    send(expert, role="Surgeon")
    assert expert.role == "Lead trichologist"


def test_an_editor_cannot_change_whom_a_scheduled_text_names(send, new_answer, expert):
    page = new_answer(live=False)
    page.expert = expert
    revision = page.save_revision()
    revision.approved_go_live_at = timezone.now() + timedelta(days=1)
    revision.save()
    send(expert, role="Surgeon")
    assert expert.role == "Lead trichologist"


def test_an_editor_notes_that_somebody_left(send, new_answer, expert):
    new_answer(expert=expert)
    send(expert, is_active="")
    assert not expert.is_active


def test_an_editor_corrects_whom_only_a_draft_names(send, new_answer, expert):
    new_answer(expert=expert, live=False)
    send(expert, role="Surgeon")
    assert expert.role == "Surgeon"


def test_a_publisher_corrects_anybody(send, new_answer, expert):
    new_answer(expert=expert)
    send(expert, "Publishers", role="Surgeon")
    assert expert.role == "Surgeon"
