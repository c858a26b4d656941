"""What a card says of an answer is never half a claim."""

import pytest

from clinic_site.core.templatetags.clinic import whole_sentences

CLAIM = "No supplement is known to stop hair loss unless you are short of something."


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("It may. Nobody knows! We do not offer it.", 5, "It may. Nobody knows!"),
        ("It may. Nobody knows! We do not offer it.", 28, None),
        (CLAIM, 5, None),
        ("", 5, None),
    ],
)
def test_as_many_as_fit_and_the_first_in_any_case(text, words, shown):
    assert whole_sentences(text, words) == (text if shown is None else shown)
