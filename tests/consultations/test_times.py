from datetime import UTC, datetime

import pytest

from consultations.bookings.times import city, in_words


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [(0, 0, "12 midnight"), (0, 5, "12:05am"), (12, 0, "12 noon"), (12, 30, "12:30pm")],
)
def test_times_are_in_words(hour, minute, words):
    moment = datetime(2027, 1, 2, hour, minute, tzinfo=UTC)
    assert in_words(moment) == f"Saturday 2 January 2027, {words}"


def test_summer_time_counts():
    moment = datetime(2027, 7, 2, 13, 5, tzinfo=UTC)
    assert in_words(moment) == "Friday 2 July 2027, 2:05pm"


def test_elsewhere_it_may_be_another_day():
    moment = datetime(2027, 7, 2, 13, 5, tzinfo=UTC)
    assert in_words(moment, "Pacific/Auckland") == "Saturday 3 July 2027, 1:05am"
    assert city("America/Argentina/Buenos_Aires") == "Buenos Aires"
