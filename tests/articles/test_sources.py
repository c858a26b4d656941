import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.answers.sources import Source, normalise_doi

DOI = "10.1111/j.1524-4725.2006.32100.x"


@pytest.mark.parametrize(
    "typed",
    [
        DOI,
        f"doi:{DOI}",
        f"DOI:  {DOI} ",
        f"https://doi.org/{DOI}",
        f"http://dx.doi.org/{DOI}",
        f"doi: https://doi.org/{DOI}.",
        "10.1111/J.1524-4725.2006. 32100.X",
    ],
)
def test_a_doi_is_understood_in_any_usual_form(typed):
    assert normalise_doi(typed) == DOI


def test_odd_registrants_are_accepted():
    odd = "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
    assert normalise_doi(odd.upper()) == odd


@pytest.mark.parametrize("typed", ["10.1111", "11.1111/abc", "PMID 123", "10.1/x"])
def test_what_is_no_doi_is_refused_in_words(typed):
    with pytest.raises(ValidationError, match="not a DOI"):
        normalise_doi(typed)


@given(st.text(max_size=60))
def test_any_text_is_a_doi_or_refused(typed):
    try:
        doi = normalise_doi(typed)
    except ValidationError:
        return
    assert doi == "" or doi.startswith("10.")
    assert normalise_doi(doi) == doi


def test_the_link_goes_to_the_resolver_with_odd_characters_escaped():
    source = Source(doi="10.1002/(sici)1<693::aid>3.0.co;2-o")
    assert source.link() == "https://doi.org/10.1002/(sici)1%3C693::aid%3E3.0.co;2-o"


@pytest.mark.django_db
def test_a_source_needs_a_doi_or_an_address():
    with pytest.raises(ValidationError, match="DOI or an address"):
        Source(title="A paper", container="A journal").full_clean()


@pytest.mark.django_db
def test_the_same_doi_is_not_recorded_twice():
    Source.objects.create(title="A paper", container="A journal", doi=DOI)
    again = Source(title="Again", container="A journal", doi=f"doi:{DOI.upper()}")
    with pytest.raises(ValidationError, match="already a source"):
        again.full_clean()
