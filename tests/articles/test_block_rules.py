"""What a block of an answer must have before it is published."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from articles.answers.blocks import AnswerBody
from tests.factories.blocks import described, words
from tests.factories.core import ClinicImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]
BLOCKS = AnswerBody().child_blocks


class TestPublishingIsRefused:
    """At publishing only: drafts may lack any of it."""

    def refused(self, name: str, value: dict) -> str:
        block = AnswerBody().child_blocks[name]
        with pytest.raises(ValidationError) as refusal:
            block.clean(block.normalize(value))
        block.defer_required_validation()
        block.clean(block.normalize(value))
        block.restore_deferred_validation()
        return str(refusal.value.as_json_data())

    def test_a_picture_without_text_that_is_not_decorative(self):
        image = described(ClinicImageFactory(), "x")
        image.contextual_alt_text = ""
        words = self.refused("figure", {"image": image, "caption": "", "width": "text"})
        assert "mark it as decorative" in words

    def test_one_figure_where_two_are_compared(self):
        one = {"image": described(ClinicImageFactory(), "A root"), "caption": ""}
        words = self.refused("two_figures", {"figures": [one]})
        assert "minimum number of items is 2" in words

    def test_a_table_without_a_caption(self):
        table = {"columns": [], "rows": [], "caption": " "}
        words = self.refused("table", {"table": table, "row_headings": True})
        assert "Give the table a caption" in words
        assert "Add at least one column and one row" in words

    def test_neither_do_nor_dont(self):
        words = self.refused("dos_and_donts", {"do": [], "dont": []})
        assert "Add something to one of the lists" in words

    def test_a_video_without_a_transcript(self):
        self.refused(
            "video",
            {
                "title": "How we look",
                "address": "https://video.example/1",
                "transcript": RichText(""),
            },
        )


@pytest.mark.parametrize(
    "address", ["http://v.example/1", "javascript:alert(1)", "ftp"]
)
def test_a_video_or_product_link_is_https_or_refused(address):
    video = {"title": "How", "address": address, "transcript": words("We look.")}
    mention = {"text": words("Ours."), "link": address, "link_text": ""}
    for name, value in (("video", video), ("product_mention", mention)):
        with pytest.raises(ValidationError):
            BLOCKS[name].clean(BLOCKS[name].normalize(value))
