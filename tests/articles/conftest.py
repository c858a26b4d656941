import pytest
from django.test import Client

from articles.models import AnswerPage, TopicPage
from clinic_site.core.models import Expert
from tests.factories.articles import AnswerPageFactory, TopicPageFactory
from tests.factories.core import ExpertFactory

from .signing import sent


@pytest.fixture
def topic(topics_index) -> TopicPage:
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def draft(answers_index, topic) -> AnswerPage:
    """Complete, and nobody has signed it off."""
    page = AnswerPageFactory(
        parent=answers_index, primary_topic=topic, live=False, first_published_at=None
    )
    page.save_revision()
    return page


@pytest.fixture
def live(answers_index, topic) -> AnswerPage:
    """Signed off."""
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


@pytest.fixture
def publisher(client_of) -> Client:
    return client_of("Publishers")


@pytest.fixture
def owner(client_of) -> Client:
    """A superuser."""
    return client_of(is_superuser=True)


@pytest.fixture
def reviewer_user(user_in):
    return user_in("Clinical reviewers")


@pytest.fixture
def clinician(reviewer_user) -> Expert:
    return ExpertFactory(user=reviewer_user)


@pytest.fixture
def reviewer(reviewer_user, clinician) -> Client:
    """A signed-in clinician who may sign off."""
    client = Client()
    client.force_login(reviewer_user)
    return client


@pytest.fixture
def editor(client_of) -> Client:
    return client_of("Editors")


@pytest.fixture
def waiting(draft, editor) -> AnswerPage:
    """Waits for the sign-off."""
    sent(draft, editor)
    return draft
