import re

from consultations.records.references import ALPHABET, new_reference


def test_a_reference_can_be_read_out_over_the_phone():
    reference = new_reference("FC")
    assert re.fullmatch(r"FC-[2-9A-Z]{4}-[2-9A-Z]{4}", reference)
    assert not set("ILOU01") & set(ALPHABET)


def test_references_cannot_be_guessed_from_one_another():
    drawn = {new_reference("OC") for _ in range(2000)}
    assert len(drawn) == 2000
    for place in range(3, 12):
        letters = {reference[place] for reference in drawn}
        assert letters == ({"-"} if place == 7 else set(ALPHABET))
