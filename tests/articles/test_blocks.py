"""Every block of an answer: what editors are offered, what readers get."""

import re
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db import connection
from django.template.loader import get_template
from django.templatetags.static import static
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks.base import BlockWidget
from wagtail.models import Page, PageViewRestriction

from articles.answers.blocks import AnswerBody
from articles.models import AnswerPage
from clinic_site.core.models import ClinicImage, ClinicSettings
from tests.factories.articles import AnswerPageFactory, TopicPageFactory
from tests.factories.blocks import publish_every_block
from tests.factories.core import ClinicImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]
BLOCKS = AnswerBody().child_blocks
SOURCE_MARKER = re.compile(r"\[[^]]*\]")  # readers get a number there
every_kind = pytest.mark.parametrize("name", BLOCKS)


@pytest.fixture
def answer() -> AnswerPage:
    return publish_every_block()


@pytest.fixture
def article(client, answer) -> BeautifulSoup:
    return soup_of(client, answer)


@pytest.fixture
def draft(answers_index, topics_index) -> AnswerPage:
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


def soup_of(client, page) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def with_body(page: AnswerPage, *blocks) -> AnswerPage:
    """The body past the gate, which is not the matter here."""
    stream = AnswerBody().normalize(list(blocks))
    AnswerPage.objects.filter(pk=page.pk).update(body=stream)
    return page


class TestEditorsAreOffered:
    @every_kind
    def test_each_block_with_icon_group_description_and_template(self, name):
        meta = BLOCKS[name].meta
        assert meta.icon != "placeholder"
        assert meta.group and meta.description
        get_template(meta.template)

    @every_kind
    def test_a_preview_of_each_block_in_the_look_of_the_site(self, client_of, name):
        ClinicImageFactory()
        publish_every_block()
        block = BLOCKS[name]
        assert block.is_previewable
        url = reverse("wagtailadmin_block_preview")

        response = client_of("Editors").get(url, {"id": block.definition_prefix})

        soup = BeautifulSoup(response.content, "html.parser")
        styles = [link["href"] for link in soup.select("link[rel=stylesheet]")]
        assert any(style.endswith("css/blocks.css") for style in styles)
        assert soup.main.get_text(strip=True)

    @every_kind
    def test_each_preview_passes_the_rules_of_its_own_block(self, name):
        ClinicImageFactory()
        publish_every_block()
        BLOCKS[name].clean(BLOCKS[name].get_preview_value())

    def test_an_editor_whose_scripts_and_styles_are_all_there(self):
        media = BlockWidget(AnswerBody()).media
        files = [*media._js, *(path for paths in media._css.values() for path in paths)]
        prefix = static("")
        paths = [urlsplit(str(file)).path.removeprefix(prefix) for file in files]
        assert [path for path in paths if not finders.find(path)] == []

    def test_words_before_pictures_evidence_advice_and_actions(self):
        groups = [group for group, _ in AnswerBody().grouped_child_blocks()]
        assert groups == ["Text", "Pictures", "Evidence", "Advice", "Actions"]

    def test_no_raw_html_and_no_pictures_or_embeds_within_text(self):
        kinds = list(blocks_within(AnswerBody()))
        assert not [kind for kind in kinds if "RawHTML" in type(kind).__name__]
        features = [kind.features for kind in kinds if hasattr(kind, "features")]
        assert features and None not in features
        assert not {"image", "embed"} & {name for names in features for name in names}


def blocks_within(block):
    yield block
    children = getattr(block, "child_blocks", {}).values()
    for child in [*children, getattr(block, "child_block", None)]:
        if child:
            yield from blocks_within(child)


class TestReadersGet:
    def test_every_block_of_the_text(self, article, answer):
        assert {block.block_type for block in answer.body} == set(BLOCKS)
        prose = article.select_one(".prose")
        shown = [prose.get_text(), *(image["alt"] for image in prose.select("img"))]
        shown = " ".join(" ".join(shown).split())
        for text in AnswerBody().get_searchable_content(answer.body):
            for part in SOURCE_MARKER.split(str(text)):
                assert " ".join(part.split()) in shown

    def test_pictures_with_their_text_caption_and_credit(self, article):
        half, wide, *_ = article.select(".prose > .figure")
        assert half.img["alt"] == "A follicle that rests"
        assert "Drawing: A. Person" in half.figcaption.text
        assert "20rem" in half.img["sizes"]
        assert "60rem" in wide.img["sizes"]

    def test_two_figures_side_by_side_one_of_them_decorative(self, article):
        left, right = article.select(".two-figures figure")
        assert left.img["alt"] == "A full parting"
        assert right.img["alt"] == ""
        assert "Three months later." in right.figcaption.text

    def test_neither_picture_nor_caption_once_the_picture_is_deleted(
        self, client, answer
    ):
        ClinicImage.objects.all().delete()
        article = soup_of(client, answer)
        assert not article.select(".prose .figure, .prose img")
        assert article.select_one(".video").a

    def test_a_table_with_caption_and_headings_that_the_keyboard_scrolls(self, article):
        region = article.select_one("[role=region]")
        assert region["tabindex"] == "0"
        assert "Shedding after a fever" in region["aria-label"]
        table = region.table
        assert "Shedding after a fever" in table.caption.text
        headings = [cell.text for cell in table.select("thead th[scope=col]")]
        assert headings == ["Month", "What you see", "Hairs a day"]
        rows = [cell.text.strip() for cell in table.select("tbody th[scope=row]")]
        assert rows == ["Before", "Third", "Ninth"]
        assert table.tbody.b.text == "handful"
        numbers = [cell.text.strip() for cell in table.select("td.table__number")]
        assert numbers == ["80", "300", ""]

    def test_call_outs_whose_kind_is_in_words(self, article):
        kinds = [kind.text for kind in article.select(".callout__kind")]
        assert kinds == ["Good to know:", "Take care:", "See a doctor now:"]

    def test_what_to_do_and_what_not(self, article):
        do, dont = article.select(".dos-and-donts > div")
        assert (do.p.text, len(do.select("li"))) == ("Do", 2)
        assert (dont.p.text, len(dont.select("li"))) == ("Don’t", 1)

    def test_steps_as_a_numbered_list(self, article):
        names = [name.text for name in article.select(".steps ol > li .steps__name")]
        assert names == ["We listen", "We look", "We write down what we found"]

    def test_a_study_with_its_source_finding_and_limits(self, article):
        study = article.select_one(".study")
        assert study.select_one(".study__kind").text == "Observational study"
        assert "Hair loss at injection sites" in study.text
        terms = [term.text for term in study.select("dt")]
        assert terms == ["Studied in", "What it found", "Its limits"]
        assert "all from one clinic" in study.select("dd")[-1].text

    def test_a_study_that_was_retracted_says_so(self, client, answer):
        source = next(b for b in answer.body if b.block_type == "study").value["source"]
        source.status, source.status_note = "retracted", "The data were made up."
        source.save()
        status = soup_of(client, answer).select_one(".study__status").text
        assert "Retracted. The data were made up." in status

    def test_a_promotion_that_says_so_and_whose_links_say_so(self, article):
        mention = article.select_one(".product-mention")
        assert "Promotion: about something we sell" in mention.text
        links = mention.select("a")
        assert [link["href"] for link in links] == [
            "https://shop.example/",
            "https://shop.example/supplements",
        ]
        assert all(link["rel"] == ["sponsored", "nofollow"] for link in links)

    def test_a_video_as_a_link_that_says_where_it_plays(self, article):
        video = article.select_one(".video")
        assert video.a["href"] == "https://www.video.example/watch/1"
        assert "Plays on video.example, which may set cookies." in video.text
        assert "under a lamp" in video.details.text
        assert not article.select("iframe, video, embed, object")

    def test_actions_in_the_clinics_own_words(self, client, answer):
        settings = ClinicSettings.of_default_site()
        settings.booking_label = "Come and see us"
        settings.save()
        links = soup_of(client, answer).select(".action a")
        assert [(link.text, link["href"]) for link in links] == [
            ("Come and see us", reverse("book")),
            (settings.online_label, reverse("consult_online")),
        ]

    @pytest.mark.parametrize("which", ["book", "online"])
    def test_one_action_where_one_is_meant(self, client, draft, which):
        page = with_body(draft, ("action", {"which": which, "text": ""}))
        (link,) = soup_of(client, page).select(".action a")
        assert link["href"] == reverse(
            {"book": "book", "online": "consult_online"}[which]
        )

    def test_headings_whose_anchors_are_unique(self, client, draft):
        same = {"text": "Does it work?", "level": "h2"}
        page = with_body(draft, ("heading", same), ("heading", {**same, "level": "h3"}))
        h2, h3 = soup_of(client, page).select(".prose :is(h2, h3)")
        assert (h2["id"], h3["id"]) == (
            "section-does-it-work",
            "section-does-it-work-2",
        )

    def test_no_id_twice(self, article):
        ids = [element["id"] for element in article.select("[id]")]
        assert len(ids) == len(set(ids))


class TestARelatedAnswer:
    @pytest.fixture
    def related(self) -> Page:
        return Page.objects.get(slug="the-related-answer")

    def test_is_a_link_with_its_short_answer(self, client, answer, related):
        card = soup_of(client, answer).select_one(".related-answer")
        assert card.a["href"] == related.url
        assert related.specific.short_answer in card.text
        assert "after childbirth" in card.text

    def test_is_hidden_while_unpublished(self, client, answer, related):
        related.specific.unpublish()
        assert not soup_of(client, answer).select(".related-answer")

    def test_is_hidden_while_private(self, client, answer, related):
        PageViewRestriction.objects.create(page=related, restriction_type="login")
        assert not soup_of(client, answer).select(".related-answer")

    def test_is_hidden_when_deleted(self, client, draft, answers_index):
        never_live = AnswerPageFactory(
            parent=answers_index,
            primary_topic=draft.primary_topic,
            live=False,
            first_published_at=None,
        )
        with_body(draft, ("related_answer", {"page": never_live, "note": ""}))
        never_live.delete()
        assert not soup_of(client, draft).select(".related-answer")

    def test_costs_no_query_of_its_own(self, client, draft, answers_index):
        others = AnswerPageFactory.create_batch(
            6, parent=answers_index, primary_topic=draft.primary_topic
        )

        def queries(count: int) -> int:
            chosen = [
                ("related_answer", {"page": page, "note": ""})
                for page in others[:count]
            ]
            with_body(draft, *chosen)
            with CaptureQueriesContext(connection) as found:
                soup = soup_of(client, draft)
            assert len(soup.select(".related-answer")) == count
            return len(found)

        queries(1)
        assert queries(1) == queries(6)
