"""Which moments opening times on the wall become, also when clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.diary.hours import merged, without
from consultations.diary.slots import starts
from consultations.diary.ticks import ticks_between
from consultations.models import AppointmentKind

LONDON = ZoneInfo("Europe/London")
FORWARD, BACK = date(2027, 3, 28), date(2026, 10, 25)  # clocks in Britain

minutes = st.integers(0, 288).map(lambda number: number * 5)
windows = st.lists(
    st.tuples(minutes, minutes).map(sorted).filter(lambda pair: pair[0] < pair[1]),
    max_size=4,
).map(lambda found: [tuple(pair) for pair in found])
days = st.dates(date(2024, 1, 1), date(2031, 12, 31)) | st.sampled_from([FORWARD, BACK])
kinds = st.builds(
    AppointmentKind,
    minutes=st.integers(1, 24).map(lambda number: number * 5),
    interval=st.integers(1, 24).map(lambda number: number * 5),
)


def wall(moment: datetime) -> datetime:
    return moment.astimezone(LONDON).replace(tzinfo=None)


@given(kind=kinds, day=days, opened=windows)
def test_every_slot_lies_in_the_opening_hours_and_comes_once(kind, day, opened):
    found = list(starts(kind, day, merged(opened), LONDON))

    assert len(set(found)) == len(found)
    midnight = datetime.combine(day, time.min)
    for start in found:
        assert start.astimezone(LONDON).date() == day
        assert any(
            midnight + timedelta(minutes=opens) <= wall(start)
            and start + kind.length()
            <= (midnight + timedelta(minutes=closes)).replace(tzinfo=LONDON)
            for opens, closes in merged(opened)
        )


@given(kind=kinds, opened=windows)
def test_on_an_ordinary_day_no_slot_is_missing(kind, opened):
    found = list(starts(kind, date(2026, 6, 10), merged(opened), LONDON))
    expected = sum(
        (closes - opens - kind.minutes) // kind.interval + 1
        for opens, closes in merged(opened)
        if closes - opens >= kind.minutes
    )
    assert len(found) == expected


@given(opened=windows, closed=windows)
def test_what_is_closed_is_cut_out_of_what_is_open(opened, closed):
    left = without(merged(opened), closed)
    for minute in range(0, 24 * 60, 5):
        is_open = any(begin <= minute < end for begin, end in opened)
        is_closed = any(begin <= minute < end for begin, end in closed)
        is_left = any(begin <= minute < end for begin, end in left)
        assert is_left == (is_open and not is_closed)


def half_hours(day: date) -> list[str]:
    kind = AppointmentKind(minutes=30, interval=30)
    return [
        f"{start.astimezone(LONDON):%H:%M %Z}"
        for start in starts(kind, day, [(0, 4 * 60)], LONDON)
    ]


def test_an_hour_that_the_clock_skips_is_not_offered():
    assert half_hours(FORWARD) == [
        "00:00 GMT",
        "00:30 GMT",
        "02:00 BST",
        "02:30 BST",
        "03:00 BST",
        "03:30 BST",
    ]


def test_an_hour_that_comes_twice_is_offered_once():
    assert half_hours(BACK) == [
        "00:00 BST",
        "00:30 BST",
        "01:00 BST",
        "01:30 BST",
        "02:00 GMT",
        "02:30 GMT",
        "03:00 GMT",
        "03:30 GMT",
    ]


def test_a_window_that_closes_inside_the_skipped_hour_ends_where_it_begins():
    kind = AppointmentKind(minutes=30, interval=30)
    found = list(starts(kind, FORWARD, [(0, 90)], LONDON))
    assert [f"{start:%H:%M}" for start in found] == ["00:00", "00:30"]


@pytest.mark.parametrize(
    ("begin", "end", "number"),
    [((9, 0), (9, 30), 6), ((9, 2), (9, 28), 6), ((9, 0), (9, 1), 1)],
)
def test_a_stretch_of_time_claims_each_tick_it_touches(begin, end, number):
    day = datetime(2026, 12, 1, tzinfo=UTC)
    found = ticks_between(
        day.replace(hour=begin[0], minute=begin[1]),
        day.replace(hour=end[0], minute=end[1]),
    )
    assert len(found) == number
