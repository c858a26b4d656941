"""How many queries a page costs must not depend on how much there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
)
from tests.factories.core import ClinicFactory, ClinicImageFactory, ExpertFactory

pytestmark = pytest.mark.django_db
LIMIT = 12


@pytest.fixture(params=[3, 60], ids=["3 answers", "60 answers"])
def site(request, home, answers_index, topics_index):
    """A site with pictures, topics, sources and this many answers."""
    ClinicFactory.create_batch(2)
    picture, expert = ClinicImageFactory(), ExpertFactory(picture=ClinicImageFactory())
    topics = TopicPageFactory.create_batch(
        request.param // 3, parent=topics_index, picture=picture
    )
    answers = [
        AnswerPageFactory(
            parent=answers_index,
            primary_topic=topics[number % len(topics)],
            picture=picture,
            expert=expert,
            reviewer=expert,
        )
        for number in range(request.param)
    ]
    cite(answers[0], *SourceFactory.create_batch(request.param // 3))
    home.picture = picture
    home.save()
    return {"home": home, "index": answers_index, "topics": topics_index}


def queries_of(client, path: str) -> int:
    client.get(path)  # a process remembers where sites begin
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_pages_stay_within_their_queries(client, site):
    answer = site["index"].get_children().first()
    topic = site["topics"].get_children().first()
    counts = {
        page: queries_of(client, path)
        for page, path in {
            "home": site["home"].url,
            "index": site["index"].url,
            "topic": topic.url,
            "topics": site["topics"].url,
            "article": answer.url,
            "search": "/search/?q=mesotherapy",
        }.items()
    }
    assert {page: n for page, n in counts.items() if n > LIMIT} == {}
