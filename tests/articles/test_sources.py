"""What a source is, how its DOI is understood, and what readers are told of it."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from articles.answers.dois import is_usual, normalise_doi
from articles.models import Source
from tests.factories.articles import (
    AnswerPageFactory,
    SourceFactory,
    TopicPageFactory,
    cite,
)

DOI = "10.1111/j.1524-4725.2006.32100.x"
SICI = "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
ELSEVIER = "10.1016/s0190-9622(08)80001-3"


@pytest.mark.parametrize(
    "typed",
    [
        DOI,
        f"doi:{DOI}",
        f"DOI:  {DOI} ",
        f"DOI {DOI}",
        f"doi = {{{DOI}}},",
        f"info:doi/{DOI}",
        f"doi.org/{DOI}",
        f"www.doi.org/{DOI}",
        f"https://doi.org/{DOI}",
        f"https://doi.org/{DOI}?from=newsletter#top",
        f"http://dx.doi.org/{DOI}",
        f"doi: https://doi.org/{DOI}.",
        f"(https://doi.org/{DOI});",
        f"“{DOI}”",
        f"<{DOI}>",
        f"{DOI} PMID: 17034455",
        "10.1111/J.1524-4725.2006. 32100.X",
        "\ufeff10.1111/\u200bj.1524-4725\u00ad.2006.\u00a032100.x\u2060",
        "10.1111/j.1524\u20114725.2006.32100.x",
        "10.1111%2Fj.1524-4725.2006.32100.x",
        f"https%3A%2F%2Fdoi.org%2F{DOI.replace('/', '%2F')}",
        f"doi\uff1a{DOI}",
        "\uff11\uff10.1111\uff0fj.1524-4725.2006.32100.x",
        "10.1111\u2044j.1524-4725.2006.32100.x",
        f"[{DOI}](https://doi.org/{DOI})",
        f"Smith J. Dermatol Surg. 2006;32(12):1-2. doi: {DOI}. Epub 2006 Dec 1.",
        f"PMID: 17034455; PMCID: PMC123; DOI: {DOI}. Review.",
        f"Available from: https://doi.org/{DOI}",
    ],
)
def test_a_doi_is_understood_in_any_usual_form(typed):
    assert normalise_doi(typed) == DOI


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        (
            "https://onlinelibrary.wiley.com/doi/full/10.1111/jocd.12320",
            "10.1111/jocd.12320",
        ),
        (
            "onlinelibrary.wiley.com/doi/10.1111/jocd.12320/abstract?af=R",
            "10.1111/jocd.12320",
        ),
        (
            "https://onlinelibrary.wiley.com/doi/10.1155/2017/7391275",
            "10.1155/2017/7391275",
        ),
        (
            "https://link.springer.com/article/10.1007/s00403-017-1234-5#Sec3",
            "10.1007/s00403-017-1234-5",
        ),
        (
            "https://link.springer.com/content/pdf/10.1007/s00403-017-1234-5.pdf",
            "10.1007/s00403-017-1234-5",
        ),
        (
            "https://www.tandfonline.com/doi/full/10.1080/09546634.2017.1?needAccess=true",
            "10.1080/09546634.2017.1",
        ),
        (
            "https://journals.sagepub.com/doi/pdf/10.1177/2050312118754794",
            "10.1177/2050312118754794",
        ),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0212345&x=1",
            "10.1371/journal.pone.0212345",
        ),
        (
            "https://academic.oup.com/bjd/article/doi/10.1093/bjd/ljac001/6763123",
            "10.1093/bjd/ljac001",
        ),
        (
            "https://www.medrxiv.org/content/10.1101/2020.04.20.20072611v1.full.pdf",
            "10.1101/2020.04.20.20072611v1",
        ),
        (
            "https://www.cochranelibrary.com/cdsr/doi/10.1002/14651858.CD007628.pub4/full",
            "10.1002/14651858.cd007628.pub4",
        ),
        (
            "https://doi-org.library.example/10.1111/jocd.12320",
            "10.1111/jocd.12320",
        ),
    ],
)
def test_a_doi_is_found_in_its_publishers_address(address, doi):
    assert normalise_doi(address) == doi


@pytest.mark.parametrize(
    "typed",
    [
        SICI.upper(),
        f"https://doi.org/{SICI}",
        "http://dx.doi.org/10.1002/%28SICI%291097-4571%28199806%2949%3A8%3C693"
        "%3A%3AAID-ASI4%3E3.0.CO%3B2-O",
        SICI.replace("<", "&lt;").replace(">", "&gt;"),
    ],
)
def test_wileys_old_codes_are_accepted_encoded_or_not(typed):
    assert normalise_doi(typed) == SICI


def test_a_code_that_ends_with_a_hash_keeps_it():
    code = "10.1002/(sici)1521-3951(199911)216:1<135::aid-pssb135>3.0.co;2-#"
    assert normalise_doi(f"https://doi.org/{code}") == code
    assert Source(doi=code).link().endswith("3.0.co;2-%23")


def test_what_bibtex_escapes_is_plain_again():
    assert (
        normalise_doi(r"doi = {10.1007/978-3-030-12345-6\_7},")
        == "10.1007/978-3-030-12345-6_7"
    )


@pytest.mark.parametrize("between", [" ", ", ", ",", " and "])
def test_two_dois_are_not_made_into_one(between):
    with pytest.raises(ValidationError, match="more than one DOI"):
        normalise_doi(f"{DOI}{between}10.1111/jocd.12320")


@pytest.mark.parametrize(
    "address", ["https://www.nature.com/articles/x", "www.mdpi.com/2077", "http://[::1"]
)
def test_an_address_without_a_doi_is_refused_with_what_to_do(address):
    with pytest.raises(ValidationError, match="put the address below"):
        normalise_doi(address)


def test_a_bracket_at_the_end_stays_only_with_its_partner():
    assert normalise_doi(f"({ELSEVIER})") == ELSEVIER
    assert normalise_doi("10.1016/0190-9622(93)") == "10.1016/0190-9622(93)"


@pytest.mark.parametrize(
    "typed",
    [
        "10.1111",
        "11.1111/abc",
        "PMID 123",
        "10.1/x",
        "%",
    ],
)
def test_what_is_no_doi_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="not a DOI"):
        normalise_doi(typed)


PIECES = st.sampled_from(
    [
        "doi:",
        "&lt;",
        "&amp;",
        "\\",
        "10.1111/",
        "https://doi.org/",
        "http://",
        "www.",
        "10.1111/",
        "jocd.12320",
        "%2F",
    ]
    + [
        "%25",
        "%20",
        " ",
        "\u00a0",
        "\u200b",
        "(",
        ")",
        "<",
        ">",
        "#",
        "?",
        "&",
        "=",
        ".",
    ]
    + ["/full", ".pdf", "PMID: 1", ";2-#", "[", "]", "“", "wiley.com/doi/", "oup.com/"]
)


@given(
    st.one_of(st.text(max_size=60), st.lists(PIECES | st.text(max_size=3)).map("".join))
)
def test_any_text_is_a_doi_or_refused(typed):
    try:
        doi = normalise_doi(typed)
    except ValidationError:
        return
    assert doi == "" or doi.startswith("10.")
    assert normalise_doi(doi) == doi
    assert not any(character.isspace() for character in doi)


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-_/:", min_size=1).map(str.lower))
def test_any_resolver_address_we_write_is_understood_again(suffix):
    doi = normalise_doi(f"10.1111/x{suffix}1")
    assert normalise_doi(Source(doi=doi).link()) == doi


@pytest.mark.parametrize("doi", [DOI, SICI, ELSEVIER, "10.1371/journal.pone.0212345"])
def test_the_usual_doi_raises_no_doubt(doi):
    assert is_usual(doi)


@pytest.mark.parametrize(
    "doi",
    [
        "10.1641/0006-3568(2006)056[0605:taotn]2.0.co;2",
        "10.1111/jocd.1“2",
        "10.1111/jocd.12320/full",
        "10.1000.10/123456",
    ],
)
def test_an_unusual_doi_is_accepted_with_doubt(doi):
    assert normalise_doi(doi) == doi
    assert not is_usual(doi)


def test_the_link_goes_to_the_resolver_with_odd_characters_escaped():
    source = Source(doi="10.1002/(sici)1<693::aid>3.0.co;2-o")
    assert source.link() == "https://doi.org/10.1002/(sici)1%3C693::aid%3E3.0.co;2-o"


@pytest.mark.django_db
def test_a_source_needs_something_that_leads_to_it():
    with pytest.raises(
        ValidationError, match="Give a DOI, a PubMed number or an address"
    ):
        Source(title="A paper", container="A journal").full_clean()
    for field, value in [("pmid", "28486833"), ("url", "https://a.example/")]:
        source = Source(title="A paper", container="A journal", **{field: value})
        source.full_clean()
        assert value in source.link()


@pytest.mark.django_db
def test_the_same_doi_is_not_recorded_twice():
    Source.objects.create(title="A paper", container="A journal", doi=DOI)
    again = Source(title="Again", container="A journal", doi=f"doi:{DOI.upper()}")
    with pytest.raises(ValidationError, match="already a source"):
        again.full_clean()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        (
            {"study_type": "systematic_review", "population": "human"},
            "Systematic review, people",
        ),
        ({"kind": "guideline"}, "Guideline"),
        (
            {"study_type": "laboratory", "population": "cells"},
            "Laboratory study, cells or tissue",
        ),
    ],
)
def test_readers_are_told_what_kind_of_source_it_is(fields, words):
    assert Source(**fields).nature() == words


@pytest.fixture
def answer(answers_index, topics_index):
    topic = TopicPageFactory(parent=topics_index)
    return AnswerPageFactory(parent=answers_index, primary_topic=topic)


class TestTheListUnderAnAnswer:
    def test_says_what_each_source_is_and_links_all_its_addresses(self, client, answer):
        cite(
            answer,
            SourceFactory(
                doi=SICI,
                pmid="28486833",
                url="https://journal.example/a",
                study_type="trial",
                population="animal",
            ),
        )
        html = client.get(answer.url).text
        assert "Controlled trial, animals." in html
        assert "https://doi.org/10.1002/(sici)1097-4571(199806)49:8%3C693" in html
        assert "https://pubmed.ncbi.nlm.nih.gov/28486833/" in html
        assert 'href="https://journal.example/a"' in html

    def test_says_what_became_of_a_source_since(self, client, answer):
        note = "The dose in table 2 was wrong."
        cite(answer, SourceFactory(status="corrected", status_note=note))
        html = client.get(answer.url).text
        assert "Corrected since it was published." in html
        assert note in html

    def test_brings_its_script_only_where_there_are_sources(self, client, answer):
        assert "source-popover" not in client.get(answer.url).text
        cite(answer, SourceFactory())
        assert (
            'type="module" src="/static/js/source-popover'
            in client.get(answer.url).text
        )


class TestTheNoticeAboveAnAnswer:
    def test_stands_above_the_text(self, client, answer):
        cite(answer, SourceFactory(status="retracted"))
        html = client.get(answer.url).text
        notice = html.index("A source is in doubt")
        assert notice < html.index("Studies say so")

    def notice(self, *sources: Source) -> str:
        html = render_to_string("answers/source_banner.html", {"sources": sources})
        return " ".join(html.split())

    @pytest.mark.parametrize(
        ("status", "words"),
        [("retracted", "was retracted"), ("concern", "doubted by its own publisher")],
    )
    def test_names_the_source_in_trouble_and_says_that_we_look(self, status, words):
        fine = Source(title="Fine")
        bad = Source(title="Bad", status=status, status_note="Figures were copied.")
        html = self.notice(fine, bad)
        assert "A source is in doubt" in html
        assert words in html
        assert "Figures were copied." in html
        assert '<a href="#source-2">Source 2, “Bad”</a>' in html
        assert "Fine" not in html

    @pytest.mark.parametrize("status", ["ok", "corrected"])
    def test_is_not_there_for_sources_that_stand(self, status):
        assert self.notice(Source(title="Fine", status=status)) == ""
