"""What an answer carries for its printed copy, and for whoever it is shared with."""

import re

import pytest
import zxingcpp
from bs4 import BeautifulSoup, Tag
from PIL import Image

from clinic_site.core.models import ClinicSettings
from tests.factories.articles import AnswerPageFactory, TopicPageFactory, write
from tests.factories.core import ClinicImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]
SQUARE = 4  # pixels


@pytest.fixture
def topic(topics_index):
    return TopicPageFactory(parent=topics_index)


@pytest.fixture
def answer(answers_index, topic):
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


def soup_of(client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def read_qr_code(svg: Tag) -> str:
    """What a telephone reads from it."""
    size = int(svg["viewbox"].split()[2])
    ground, dark = svg.find_all("path")
    assert (ground["fill"], dark["stroke"]) == ("#fff", "#000")
    picture = Image.new("L", (size, size), 255)
    x, y = 0, -0.5
    for step, first, second in re.findall(
        r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", dark["d"]
    ):
        if step == "h":
            for place in range(int(x), int(x) + int(first)):
                picture.putpixel((place, int(y)), 0)
            x += int(first)
        elif step == "m":
            x, y = x + int(first), y + int(second)
        else:
            x, y = int(first), float(second)
    picture = picture.resize((size * SQUARE, size * SQUARE), Image.Resampling.NEAREST)
    return zxingcpp.read_barcode(picture).text


def test_the_qr_code_leads_to_the_page(client, answer):
    foot = soup_of(client, answer.url).select_one(".print-foot")

    assert read_qr_code(foot.svg) == answer.full_url
    assert answer.full_url in foot.text
    assert len(str(foot.svg)) < 3000
    assert not foot.select("[style]")


def test_the_longest_of_addresses_has_a_qr_code_too(client, answers_index, topic):
    answer = AnswerPageFactory(
        parent=answers_index, primary_topic=topic, slug="x" * 255
    )

    foot = soup_of(client, answer.url).select_one(".print-foot")

    assert read_qr_code(foot.svg) == answer.full_url


def test_buttons_that_need_scripts_are_hidden_without_them(client, answer):
    row = soup_of(client, answer.url).select_one(".share-row")

    assert row.a["href"] == f"{answer.url}appointment-sheet/"
    assert [button.text for button in row.select("button")] == [
        "Print",
        "Share",
        "Copy link",
    ]
    assert all(button.has_attr("hidden") for button in row.select("button"))


class TestASharedLink:
    def shared(self, client, page) -> dict[str, str]:
        tags = soup_of(client, page.url).select("meta[property], meta[name]")
        return {tag.get("property") or tag["name"]: tag["content"] for tag in tags}

    def test_is_an_article_with_its_times(self, client, answer):
        shared = self.shared(client, answer)

        assert shared["og:type"] == "article"
        assert shared["og:title"] == answer.title
        assert shared["article:published_time"].startswith("2026-09-")
        assert shared["article:modified_time"].startswith("2026-09-")

    def test_of_a_list_is_no_article(self, client, topic):
        topic.save_revision().publish()
        shared = self.shared(client, topic)

        assert shared["og:type"] == "website"
        assert "article:published_time" not in shared

    def test_is_described_by_the_short_answer_until_an_editor_writes_more(
        self, client, answer
    ):
        assert self.shared(client, answer)["og:description"] == answer.short_answer

        answer.search_description = "In one line."
        write(answer)
        assert self.shared(client, answer)["og:description"] == "In one line."

    def test_shows_the_nearest_picture(self, client, answer, topic):
        def picture_of(shared):
            return shared.get("og:image:alt"), shared["twitter:card"]

        assert picture_of(self.shared(client, answer)) == (None, "summary")

        settings = ClinicSettings.objects.get_or_create(site=answer.get_site())[0]
        settings.sharing_picture = ClinicImageFactory(description="The front door")
        settings.save()
        large = "summary_large_image"
        assert picture_of(self.shared(client, answer)) == ("The front door", large)

        topic.picture = ClinicImageFactory(description="Hair in a comb")
        topic.save()
        assert picture_of(self.shared(client, answer)) == ("Hair in a comb", large)

        answer.picture = ClinicImageFactory(description="A needle")
        answer.social_image = ClinicImageFactory(description="A needle, cropped")
        AnswerPageFactory._meta.model.objects.filter(pk=answer.pk).update(
            picture=answer.picture
        )
        assert picture_of(self.shared(client, answer)) == ("A needle", large)

        answer.save()
        shared = self.shared(client, answer)
        assert picture_of(shared) == ("A needle, cropped", large)
        assert shared["og:image"].startswith("http")
        assert int(shared["og:image:width"]) > int(shared["og:image:height"]) > 0
