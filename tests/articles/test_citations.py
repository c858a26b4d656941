"""Source markers: numbered over the whole page, linked there and back."""

import time

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page
from wagtail.rich_text import RichText

from articles.answers.blocks import AnswerBody
from articles.answers.citations import MARKERS
from articles.models import AnswerPage, Source
from clinic_site.pages.models import StandardPage
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    marker,
)
from tests.factories.blocks import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(topics_index) -> Page:
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def answer(answers_index, topic) -> AnswerPage:
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


def write(page: AnswerPage, *blocks: tuple[str, object]) -> None:
    """The body past the gate, which is not the matter here."""
    body = AnswerBody().normalize(list(blocks))
    AnswerPage.objects.filter(pk=page.pk).update(body=body)


def read(client, page: Page) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def citing(*sources: Source) -> RichText:
    return words("A claim " + "".join(marker(source) for source in sources))


def blocks_citing(sources: list[Source]) -> list[tuple[str, object]]:
    """Every block that can cite; each source once, in the order of the page."""
    texts = iter(sources)

    def text() -> RichText:
        return citing(next(texts))

    return [
        ("paragraph", text()),
        ("key_points", {"title": "Key points", "points": [text(), text()]}),
        (
            "quote",
            {"text": "It works.", "attribution": "A doctor", "source": next(texts)},
        ),
        (
            "table",
            {
                "table": {
                    "columns": [
                        {"type": "rich_text", "heading": "One"},
                        {"type": "rich_text", "heading": "Two"},
                    ],
                    "rows": [
                        {"values": [text().source, text().source]},
                        {"values": [text().source, text().source]},
                    ],
                    "caption": "What was found",
                }
            },
        ),
        ("study", {"source": next(texts), "finding": text(), "limits": text()}),
        ("callout", {"kind": "note", "title": "Note", "text": text()}),
        ("dos_and_donts", {"do": [text(), text()], "dont": [text()]}),
        (
            "steps",
            {
                "title": "Steps",
                "steps": [
                    {"title": "First", "text": text()},
                    {"title": "Second", "text": text()},
                ],
            },
        ),
        ("product_mention", {"text": text()}),
    ]


PLACES = 18  # in blocks_citing


def markers_of(soup: BeautifulSoup) -> list[str]:
    return [link.text for link in soup.select(".prose .source-marker a")]


def test_sources_are_numbered_in_the_order_of_the_text_over_all_blocks(client, answer):
    sources = SourceFactory.create_batch(PLACES)
    write(answer, *blocks_citing(sources[::-1]))

    soup = read(client, answer)

    assert markers_of(soup) == [f"[{number}]" for number in range(1, PLACES + 1)]
    listed = [item.cite.text for item in soup.select(".sources > ol > li")]
    assert listed == [source.title for source in sources[::-1]]


def test_every_marker_leads_to_its_source_and_every_use_back(client, answer):
    """With 40 sources, each at two or three places."""
    sources = SourceFactory.create_batch(40)
    again = [sources[number * 7 % 40] for number in range(100)]
    blocks = [
        block
        for start in range(0, 100, PLACES)
        for block in blocks_citing((again * 2)[start : start + PLACES])
    ]
    write(answer, *blocks, ("paragraph", citing(*sources)))

    soup = read(client, answer)

    ids = [element["id"] for element in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    links = soup.select(".prose .source-marker a")
    assert len(links) == 6 * PLACES + 40
    assert {link["href"][1:] for link in links} == {
        item["id"] for item in soup.select(".sources > ol > li")
    }
    backs = [back["href"][1:] for back in soup.select(".sources__back")]
    assert sorted(backs) == sorted(link["id"] for link in links)
    for item in soup.select(".sources > ol > li"):
        here = [link["id"] for link in links if link["href"] == f"#{item['id']}"]
        assert [back["href"][1:] for back in item.select(".sources__back")] == here


def test_markers_side_by_side_are_one_superscript_with_a_link_for_each(client, answer):
    one, two = SourceFactory.create_batch(2)
    write(answer, ("paragraph", citing(one, two, one)))

    (superscript,) = read(client, answer).select(".prose sup")

    assert [link["aria-label"] for link in superscript("a")] == ["Source 1", "Source 2"]
    assert superscript.text == "[1]\u202f[2]"


def test_a_marker_whose_source_is_gone_is_not_shown(client, answer):
    gone, kept = SourceFactory.create_batch(2)
    text = words(f"Some say{marker(gone)}, others do not{marker(kept)}.")
    write(answer, ("paragraph", text))
    gone.delete()

    paragraph = read(client, answer).select_one(".prose p")

    assert paragraph.text == "Some say, others do not[1]."
    assert len(paragraph("sup")) == 1


def test_words_that_look_like_a_marker_stay_words(client, answer):
    write(answer, ("paragraph", words(f"Not one: [1] {marker(SourceFactory())}")))
    assert len(read(client, answer).select(".prose .source-marker")) == 1


def test_a_block_that_names_no_source_shows_no_marker(client, answer):
    quote = {"text": "It works.", "attribution": "A doctor", "source": None}
    write(answer, ("quote", quote))

    soup = read(client, answer)

    assert not soup.select(".source-marker")
    assert not soup.select(".sources")


def test_outside_an_answer_a_marker_is_its_words(client, home):
    text = f"Copied from an answer {marker(SourceFactory())}."
    page = StandardPage(title="About us", body=[("paragraph", words(text))])
    home.add_child(instance=page)

    paragraph = read(client, page).select_one(".prose p")

    assert paragraph.text == "Copied from an answer [Smith 2017]."
    assert not paragraph("a")


@pytest.mark.parametrize(
    "text", [" " * 50_000, "&nbsp;" * 20_000, '<a id="1" linktype="source">' * 9_000]
)
def test_a_text_full_of_beginnings_does_not_hang_the_page(text):
    # Hundredths of a second, or minutes: the limit only tells those two apart.
    started = time.monotonic()
    MARKERS.sub("", text)
    assert time.monotonic() - started < 10
