"""What the two forms refuse, in which words, and what they never lose or choke on."""

import re
from datetime import timedelta
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from consultations.models import (
    ConsentWording,
    FreeConsultation,
    OnlineConsultation,
    Submission,
)
from consultations.records.forms import clean_phone
from tests.factories.consultations import booking_form, online_form
from tests.factories.core import ClinicFactory

pytestmark = pytest.mark.django_db

BOOK, CONSULT = "/free-consultation/", "/online-consultation/"
FORMS = {BOOK: booking_form, CONSULT: online_form}
NO_PHOTO = {"photos": []}  # decoding takes time, and these tests are about words


def a_day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def would_send(page: BeautifulSoup) -> dict[str, str]:
    """What the browser would send if the button were pressed on this page."""
    values = {}
    for control in page.select("main form [name]"):
        if control.name == "textarea":
            values[control["name"]] = control.text.removeprefix("\n")
        elif control.name == "select":
            chosen = control.select_one("option[selected]")
            values[control["name"]] = chosen["value"] if chosen else ""
        elif control["type"] not in ("radio", "checkbox"):
            values[control["name"]] = control.get("value", "")
        elif control.has_attr("checked"):
            values[control["name"]] = control.get("value", "on")
    return values


def refused(client, url: str, **changes) -> list[str]:
    """The words a form is refused with; whatever is wrong, the same holds."""
    sent = FORMS[url](**{**(NO_PHOTO if url == CONSULT else {}), **changes})
    response = client.post(url, sent)
    page = BeautifulSoup(response.content, "html.parser")

    assert response.status_code == 422
    assert not Submission.objects.exists()
    assert page.title.text.startswith("Error: ")
    for link in page.select(".error-summary a"):
        assert page.select_one(link["href"]), link
    kept = would_send(page)
    for name in set(sent) - {"photos", "website", "csrfmiddlewaretoken"}:
        if "submit_key" not in changes or name != "submit_key":
            assert kept.get(name, "") == str(sent[name]), name
    return [item.get_text(strip=True) for item in page.select(".error-summary li")]


def test_they_accept_what_is_complete(client):
    assert client.post(BOOK, booking_form(ClinicFactory())).status_code == 303
    assert client.post(CONSULT, online_form()).status_code == 303
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(
    ("url", "name", "words"),
    [
        (BOOK, "mode", "Choose a clinic visit or a phone call"),
        (BOOK, "preferred_date", "Enter the day that suits you"),
        (BOOK, "part_of_day", "Choose a part of the day"),
        (BOOK, "name", "Enter your name"),
        (BOOK, "email", "Enter your email address"),
        (BOOK, "phone", "Enter a telephone number we can reach you on"),
        (BOOK, "consent", "Tick the box to let us contact you about this consultation"),
        (CONSULT, "age_band", "Choose your age group"),
        (CONSULT, "country", "Choose the country you live in"),
        (CONSULT, "concern", "Tell us what is happening with your hair or scalp"),
        (CONSULT, "since", "Tell us roughly since when"),
        (CONSULT, "photos", "Add at least one photo"),
        (CONSULT, "name", "Enter your name"),
        (CONSULT, "email", "Enter your email address"),
        (
            CONSULT,
            "consent_health",
            "Tick the box to let our specialists read your answers",
        ),
        (
            CONSULT,
            "consent_photos",
            "Tick the box to let our specialists look at your photos",
        ),
    ],
)
def test_a_missing_answer_is_asked_for(client, url, name, words):
    assert words in refused(client, url, **{name: ""})


@pytest.mark.parametrize("url", [BOOK, CONSULT])
def test_an_empty_form_asks_for_everything_at_once(client, url):
    response = client.post(url, {})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert len(page.select(".error-summary li")) >= 8
    assert len(page.select(".error-summary a")) >= 7


@pytest.mark.parametrize(
    ("url", "changes", "words"),
    [
        (BOOK, {"email": "sam"}, "Enter an email address with an @ in it"),
        (BOOK, {"email": "sam@"}, "Enter an email address with an @ in it"),
        # Allowed by the standard, but the queue joins addresses by commas.
        (BOOK, {"email": '"a,b"@visitor.example'}, "without quotation marks"),
        (BOOK, {"email": "a" * 306 + "@visitor.test"}, "254 characters or fewer"),
        (CONSULT, {"email": "a" * 306 + "@visitor.test"}, "254 characters or fewer"),
        (BOOK, {"phone": "call me"}, "Enter a telephone number, like 020"),
        (BOOK, {"phone": "999"}, "Enter a telephone number, like 020"),
        (BOOK, {"phone": "7946 0958"}, "Enter a telephone number, like 020"),
        (BOOK, {"phone": "0" * 41}, "40 characters or fewer"),
        (CONSULT, {"phone": "+44 20"}, "Enter a telephone number, like 020"),
        (BOOK, {"name": "x" * 121}, "Your name must be 120 characters or fewer"),
        (BOOK, {"note": "x" * 501}, "Your note must be 500 characters or fewer"),
        (CONSULT, {"medicines": "x" * 3001}, "3,000 characters or fewer"),
        (BOOK, {"preferred_date": a_day(-1)}, "Choose today or a day to come"),
        (BOOK, {"preferred_date": a_day(91)}, "a day in the next three months"),
        (BOOK, {"preferred_date": "2026-02-30"}, "Enter a real date"),
        (BOOK, {"mode": "clinic"}, "Choose the clinic you would like to come to"),
        (CONSULT, {"website": "https://spam.example"}, "box that people cannot see"),
        (BOOK, {"submit_key": ""}, "The form was incomplete. Please send it again"),
        (BOOK, {"submit_key": "1"}, "The form was damaged on its way"),
        (CONSULT, {"submit_key": "\x00"}, "The form was damaged on its way"),
    ],
)
def test_a_wrong_answer_is_explained(client, url, changes, words):
    assert any(words in said for said in refused(client, url, **changes))


@pytest.mark.parametrize(
    ("url", "name"),
    [(BOOK, "mode"), (BOOK, "part_of_day"), (CONSULT, "age_band")]
    + [(CONSULT, "country")],
)
@pytest.mark.parametrize("value", ["moon", "9" * 30, "\x00", "ñ\u202e🧔🏾"])
def test_a_choice_nobody_offered_is_refused(client, url, name, value):
    form = FORMS[url](**{**(NO_PHOTO if url == CONSULT else {}), name: value})
    response = client.post(url, form)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


@pytest.mark.parametrize("value", ["0", "9" * 30, "-1", "abc", "\x00"])
def test_a_clinic_nobody_offered_is_refused(client, value):
    form = {**booking_form(mode="clinic"), "clinic": value}
    response = client.post(BOOK, form)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


class TestTheClinic:
    def test_is_not_offered_while_it_is_closed(self, client):
        closed = ClinicFactory(name="Larkfield Shut", is_open=False)
        assert "Larkfield Shut" not in client.get(BOOK).content.decode()
        response = client.post(BOOK, booking_form(closed))
        assert response.status_code == 422
        assert "Choose one of the clinics" in response.content.decode()

    def test_does_not_matter_to_a_phone_call(self, client):
        for left_over in (ClinicFactory().pk, "nonsense"):
            form = booking_form(mode="phone", note=f"Not {left_over}")
            form["clinic"] = left_over
            assert client.post(BOOK, form).status_code == 303
        clinics = FreeConsultation.objects.values_list("clinic", flat=True)
        assert list(clinics) == [None, None]


@pytest.mark.parametrize("days", [0, 90])
def test_the_first_and_the_last_day_can_be_asked_for(client, days):
    form = booking_form(preferred_date=a_day(days))
    assert client.post(BOOK, form).status_code == 303


def test_a_date_may_be_typed_the_british_way(client):
    day = timezone.localdate() + timedelta(days=9)
    client.post(BOOK, booking_form(preferred_date=day.strftime("%d/%m/%Y")))
    assert FreeConsultation.objects.get().preferred_date == day


class TestAPhoneNumber:
    @pytest.mark.parametrize(
        ("typed", "number"),
        [
            ("07700 900113", "+447700900113"),
            (" 07700900113 ", "+447700900113"),
            ("+44 20 7946 0958", "+442079460958"),
            ("0044 20 7946 0958", "+442079460958"),
            ("(020) 7946-0958", "+442079460958"),
            ("+44 (0)20 7946 0958", "+442079460958"),
            ("020.7946.0958", "+442079460958"),
            ("+39 06 698 83145", "+390669883145"),
            ("+39 333 123 4567", "+393331234567"),
            ("0039 333 123 4567", "+393331234567"),
            ("٠٧٧٠٠ ٩٠٠١١٣", "+447700900113"),
        ],
    )
    def test_is_understood_however_it_is_typed(self, typed, number):
        assert clean_phone(typed) == number

    @given(st.text() | st.from_regex(r"\+?[0-9 ()/.;=x-]{0,40}", fullmatch=True))
    @example("tel:+442079460958;phone-context=x")
    @example("+" * 300)
    def test_is_a_number_that_can_be_dialled_or_refused_in_words(self, typed):
        try:
            number = clean_phone(typed)
        except ValidationError as error:
            assert "Enter a telephone number" in error.messages[0]
        else:
            # One to three digits of country code and 17 at most after that.
            assert re.fullmatch(r"\+[1-9][0-9]{4,18}", number)
            assert clean_phone(number) == number


TYPED = {
    BOOK: ["name", "note", "email", "phone", "preferred_date"],
    CONSULT: ["concern", "since", "medicines", "name", "email", "phone"],
}
NASTY = [
    b"\x00",
    b"Sam\x00",
    b"\xed\xa0\x80",  # half of a surrogate pair
    b"\xff\xfe\xfd",
    "🧔🏾‍♂️ \u202egnp.exe \u200f שלום".encode(),
    b"{{ form.as_p }}{% now %} %(name)s %s <script>alert(1)</script> '; --",
    b"Sam\r\nBcc: all@visitor.example",
    b"x" * 20_000,
    b"9" * 6_000,
]


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
@pytest.mark.parametrize("url", [BOOK, CONSULT])
def test_nothing_anybody_types_breaks_them(client, url, nasty):
    # In all fields, and in those alone that take any text.
    for names in (TYPED[url], TYPED[url][:2]):
        form = {**FORMS[url](), "photos": [], **dict.fromkeys(names, "NASTY")}
        body = urlencode(form, doseq=True).replace("NASTY", quote(nasty))
        response = client.post(url, body, "application/x-www-form-urlencoded")
        assert response.status_code in (303, 422)
        assert b"<script>alert" not in response.content


def test_what_is_accepted_is_stored_as_it_was_typed(client):
    name, note = "李 🧔🏾‍♂️ O'Brien", "\u202eשלום {{ x }} <b>"
    client.post(BOOK, booking_form(name=name, note=note))
    booking = FreeConsultation.objects.get()
    assert (booking.name, booking.note) == (name, note)


def test_the_longest_answers_fit_into_the_database(client):
    email = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 59}.example"
    assert len(email) == 254
    clinical = dict.fromkeys(["concern", "since", "medicines"], "🧔" * 3000)
    form = online_form(
        name="é" * 120, email=email, phone="+49 1234 5678 9012 345", **clinical
    )
    assert client.post(CONSULT, form).status_code == 303
    stored = OnlineConsultation.objects.get()
    assert (stored.email, stored.medicines) == (email, "🧔" * 3000)


@pytest.mark.parametrize("url", [BOOK, CONSULT])
def test_each_time_it_is_opened_a_form_has_a_key_of_its_own(client, url):
    pages = [client.get(url).content.decode() for _ in range(2)]
    keys = {re.search(r'name="submit_key" value="([^"]+)"', page)[1] for page in pages}
    assert len(keys) == 2
    assert all("Error:" not in page for page in pages)


class TestConsentToWordsThatChangedMeanwhile:
    """Consent counts for the words on the page, not for newer ones."""

    def test_is_asked_for_again(self, client):
        form = booking_form()
        ConsentWording.objects.create(key="booking-contact", text="Newer words.")

        response = client.post("/free-consultation/", form)

        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 422
        assert "These words have changed" in page.text
        assert "Newer words." in page.text
        assert not page.select_one("[name=consent]").has_attr("checked")
        assert not FreeConsultation.objects.exists()

        form["consent"] = page.select_one("[name=consent]")["value"]
        assert client.post("/free-consultation/", form).status_code == 303
        consent = FreeConsultation.objects.get().consents.get()
        assert consent.wording.version == 2
