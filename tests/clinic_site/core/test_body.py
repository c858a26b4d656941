"""What a page makes of its body: anchors, contents, pictures and links."""

from collections import Counter

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import PageViewRestriction

from clinic_site.pages.models import StandardPage
from tests.factories.blocks import described, words
from tests.factories.core import ClinicImageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(client, home):
    """A page with these blocks, as a visitor gets it."""

    def page_with(*blocks: tuple[str, object]) -> BeautifulSoup:
        page = StandardPage(title="About us", body=list(blocks))
        home.add_child(instance=page)
        response = client.get(page.url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return page_with


def heading(text: str, level: str = "h2") -> tuple[str, dict]:
    return ("heading", {"text": text, "level": level})


class TestAnchors:
    def test_are_unique_whatever_the_headings_say(self, read):
        names = ["Hair", "Hair", "Hair 2", "Main", "Contents title", "…", "…"]
        soup = read(*[heading(name) for name in names])

        ids = Counter(element["id"] for element in soup.select("[id]"))

        assert {name: times for name, times in ids.items() if times > 1} == {}
        links = [link["href"][1:] for link in soup.select(".contents a")]
        assert links == [element["id"] for element in soup.select(".prose h2")]

    def test_do_not_change_when_others_are_added_below(self, read):
        soup = read(heading("Hair"), heading("Skin"), heading("Hair"))
        anchors = [element["id"] for element in soup.select(".prose h2")]
        assert anchors == ["section-hair", "section-skin", "section-hair-2"]


class TestPictures:
    def figure(self, image, alt: str) -> tuple[str, dict]:
        return ("figure", {"image": described(image, alt)})

    def test_the_first_is_eager_and_the_rest_lazy(self, read):
        image = ClinicImageFactory()
        soup = read(*[self.figure(image, alt) for alt in ("one", "two", "three")])
        loading = [img.get("loading") for img in soup.select(".prose img")]
        assert loading == [None, "lazy", "lazy"]

    def test_each_use_of_one_has_a_text_of_its_own(self, read):
        image = ClinicImageFactory()
        soup = read(*[self.figure(image, alt) for alt in ("one", "", "three")])
        assert [img["alt"] for img in soup.select(".prose img")] == ["one", "", "three"]


class TestLinks:
    def link_to(self, page, text: str = "the page") -> tuple[str, object]:
        link = f'<a linktype="page" id="{page.pk}">{text}</a>'
        return ("paragraph", words(f"See {link}"))

    @pytest.fixture
    def target(self, home) -> StandardPage:
        return home.add_child(instance=StandardPage(title="Prices"))

    def test_to_a_page_lead_there(self, read, target):
        assert read(self.link_to(target)).select_one(".prose a")["href"] == target.url

    def test_to_a_page_that_is_not_live_are_words(self, read, target):
        target.unpublish()
        paragraph = read(self.link_to(target)).select_one(".prose p")
        assert paragraph.decode_contents() == "See the page"

    def test_to_a_page_that_is_not_for_everybody_are_words(self, read, target):
        PageViewRestriction.objects.create(
            page=target, restriction_type=PageViewRestriction.LOGIN
        )
        paragraph = read(self.link_to(target, "the <b>page</b>")).select_one(".prose p")
        assert paragraph.decode_contents() == "See the <b>page</b>"

    def test_to_a_document_lead_there_while_it_exists(self, read):
        leaflet, gone = (
            Document.objects.create(
                title="Leaflet", file=ContentFile(b"%PDF-", "leaflet.pdf")
            )
            for _ in range(2)
        )
        text = (
            f'<a linktype="document" id="{leaflet.pk}">Leaflet</a> and '
            f'<a linktype="document" id="{gone.pk}">another</a>, '
            '<a href="https://nhs.example/">elsewhere</a>'
        )
        gone.delete()

        paragraph = read(("paragraph", words(text))).select_one(".prose p")

        assert paragraph.text == "Leaflet and another, elsewhere"
        assert [link["href"] for link in paragraph("a")] == [
            leaflet.url,
            "https://nhs.example/",
        ]
