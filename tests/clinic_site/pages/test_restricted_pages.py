"""Pages that editors keep for those who know a password."""

import pytest
from wagtail.models import PageViewRestriction

from tests.factories.articles import AnswerPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)
    page = AnswerPageFactory(parent=answers_index, primary_topic=topic)
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="open up"
    )
    return page


def test_the_right_password_opens_it(client, secret):
    asked = client.get(secret.url)
    assert secret.short_answer not in asked.content.decode()
    restriction = PageViewRestriction.objects.get()
    path = f"/_util/authenticate_with_password/{restriction.pk}/{secret.pk}/"

    wrong = {"password": "guess", "return_url": secret.url}
    assert client.post(path, wrong).status_code == 200
    right = {"password": "open up", "return_url": secret.url}
    assert client.post(path, right).status_code == 302
    assert secret.short_answer in client.get(secret.url).content.decode()


def test_guessing_it_is_slowed_down(client, secret):
    path = f"/_util/authenticate_with_password/1/{secret.pk}/"
    path = path.replace("/1/", f"/{PageViewRestriction.objects.get().pk}/")
    wrong = {"password": "guess", "return_url": secret.url}
    answers = [client.post(path, wrong).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_lists_and_search_leave_it_out(client, secret, answers_index):
    for path in (answers_index.url, secret.primary_topic.url, "/", "/search/?q=small"):
        assert secret.title not in client.get(path).content.decode()


def test_menus_leave_out_a_restricted_section(client, answers_index):
    PageViewRestriction.objects.create(
        page=answers_index, restriction_type=PageViewRestriction.LOGIN
    )
    assert 'href="/answers/"' not in client.get("/").content.decode()
