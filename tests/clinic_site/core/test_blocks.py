"""The blocks of plain pages, which have neither sources nor other answers."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from clinic_site.core.blocks import BodyBlock
from clinic_site.core.models import ClinicImage
from clinic_site.core.templatetags.promotion import sponsored
from clinic_site.pages.models import StandardPage
from tests.factories.core import ClinicImageFactory

BLOCKS = BodyBlock().child_blocks
every_kind = pytest.mark.parametrize("name", BLOCKS)


@every_kind
def test_a_block_has_what_the_editors_menu_shows(name):
    meta = BLOCKS[name].meta
    assert meta.icon != "placeholder"
    assert meta.group and meta.description
    assert BLOCKS[name].is_previewable


@pytest.mark.django_db
def test_a_preview_does_without_pictures_while_the_library_is_empty():
    assert not ClinicImage.objects.exists()
    for name in ("figure", "two_figures", "video"):
        block = BLOCKS[name]
        assert "<img" not in block.render(block.get_preview_value())


@pytest.fixture
def page(home) -> StandardPage:
    """A page that holds the preview of every block."""
    ClinicImageFactory()
    body = [(name, block.get_preview_value()) for name, block in BLOCKS.items()]
    page = StandardPage(title="Every block", slug="every-block", body=body)
    return Page.objects.get(pk=home.pk).add_child(instance=page)


def test_a_plain_page_shows_every_block(client, page):
    response = client.get(page.url)

    assert response.status_code == 200
    prose = BeautifulSoup(response.content, "html.parser").select_one(".prose")
    found = [
        element.get("class", [element.name])[0]
        for element in prose.children
        if element.name
    ]
    assert found == [
        "h2",
        "p",
        "key-points",
        "quote",
        "figure",
        "two-figures",
        "video",
        "table-scroll",
        "callout",
        "dos-and-donts",
        "steps",
        "action",
        "product-mention",
    ]


def test_the_text_of_editors_is_escaped_in_every_block(client, page):
    nasty = "<script>alert(1)</script>\"'"
    for block in page.body:
        if hasattr(block.value, "keys"):
            for field in ("title", "text", "attribution", "caption", "length"):
                if isinstance(block.value.get(field), str):
                    block.value[field] = nasty
    table = next(b for b in page.body if b.block_type == "table").value["table"]
    table.caption = table.columns[0]["heading"] = nasty
    table.row_data[0]["values"][0] = nasty
    page.save()

    soup = BeautifulSoup(client.get(page.url).content, "html.parser")

    assert not soup.select(".prose script")
    assert soup.select_one(".prose").text.count(nasty) >= 10


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/a">b</a>', '<a rel="sponsored nofollow" href="/a">b</a>'),
        (
            '<a href="https://a.example" rel="noreferrer">b</a>',
            '<a rel="sponsored nofollow" href="https://a.example">b</a>',
        ),
        (
            '<sup><a href="#source-1">1</a></sup>',
            '<sup><a href="#source-1">1</a></sup>',
        ),
        ("<abbr>a</abbr>", "<abbr>a</abbr>"),
    ],
)
def test_links_of_a_promotion_are_marked_and_those_to_sources_are_not(html, expected):
    assert sponsored(html) == expected
