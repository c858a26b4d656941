import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.test import Client

from articles.models import AnswersIndexPage, TopicsIndexPage
from clinic_site.pages.models import HomePage
from clinic_site.users.models import User


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what is about the other database: it has its turn in another run."""

    def belongs(item: pytest.Item) -> bool:
        marker = item.get_closest_marker("only_on")
        return marker is None or marker.args == (connection.vendor,)

    others = [item for item in items if not belongs(item)]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if belongs(item)]


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


@pytest.fixture
def home(db) -> HomePage:
    """The pages a fresh site has come from migrations."""
    return HomePage.objects.get()


@pytest.fixture
def answers_index(db) -> AnswersIndexPage:
    return AnswersIndexPage.objects.get()


@pytest.fixture
def topics_index(db) -> TopicsIndexPage:
    return TopicsIndexPage.objects.get()


@pytest.fixture
def user_in(db):
    """A member of staff in a group: user_in("Reception")."""

    def make(*groups: str, **fields) -> User:
        name = "-".join(groups).lower() or "nobody"
        user = User.objects.create_user(
            name, f"{name}@larkfield.example", "a long pass phrase", **fields
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        return user

    return make


@pytest.fixture
def client_of(user_in):
    """A signed-in browser of a member of staff: client_of("Reception")."""

    def make(*groups: str, **fields) -> Client:
        client = Client()
        client.force_login(user_in(*groups, **fields))
        return client

    return make
