"""What the two forms refuse, in which words, and what they never lose or choke on."""

import re
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from consultations.models import (
    BookingDraft,
    ConsentWording,
    FreeConsultation,
    OnlineConsultation,
    Submission,
)
from consultations.records.forms import clean_phone
from tests.factories.consultations import begun_draft, details_form, online_form

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]

BOOK, CONSULT = "/free-consultation/booking/", "/online-consultation/"
FORMS = {BOOK: details_form, CONSULT: online_form}
NO_PHOTO = {"photos": []}  # decoding takes time, and these tests are about words


def path_of(url: str) -> str:
    """Where the form is sent; a visitor who books has a secret address for it."""
    return f"{BOOK}{begun_draft()[1]}/" if url == BOOK else url


def would_send(page: BeautifulSoup) -> dict[str, str]:
    """What the browser would send if the button were pressed on this page."""
    values = {}
    for control in page.select("main form [name]:not(button)"):
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
    response = client.post(path_of(url), sent)
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
    assert client.post(path_of(BOOK), details_form()).status_code == 303
    assert client.post(CONSULT, online_form()).status_code == 303
    assert BookingDraft.objects.get().is_complete
    assert OnlineConsultation.objects.exists()


@pytest.mark.parametrize(
    ("url", "name", "words"),
    [
        (BOOK, "name", "Enter your name"),
        (BOOK, "email", "Enter your email address"),
        (BOOK, "phone", "Enter a telephone number we can reach you on"),
        (BOOK, "preferred_hours", "Choose when it is best to phone you"),
        (BOOK, "consent_note", "Tick the box to let us keep your note, or empty"),
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
    assert any(words in said for said in refused(client, url, **{name: ""}))


@pytest.mark.parametrize("url", [BOOK, CONSULT])
def test_an_empty_form_asks_for_everything_at_once(client, url):
    response = client.post(path_of(url), {})
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    asked_for = {BOOK: 5, CONSULT: 8}[url]
    assert len(page.select(".error-summary li")) >= asked_for
    assert len(page.select(".error-summary a")) >= asked_for - 1


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
        (BOOK, {"phone": "0" * 41}, "40 characters or fewer"),
        (CONSULT, {"phone": "+44 20"}, "Enter a telephone number, like 020"),
        (BOOK, {"name": "x" * 121}, "Your name must be 120 characters or fewer"),
        (BOOK, {"note": "x" * 501}, "Your note must be 500 characters or fewer"),
        (CONSULT, {"medicines": "x" * 3001}, "3,000 characters or fewer"),
        (BOOK, {"website": "https://spam.example"}, "box that people cannot see"),
        (CONSULT, {"website": "https://spam.example"}, "box that people cannot see"),
        (CONSULT, {"submit_key": ""}, "The form was incomplete. Please send it again"),
        (CONSULT, {"submit_key": "1"}, "The form was damaged on its way"),
        (CONSULT, {"submit_key": "\x00"}, "The form was damaged on its way"),
    ],
)
def test_a_wrong_answer_is_explained(client, url, changes, words):
    assert any(words in said for said in refused(client, url, **changes))


@pytest.mark.parametrize(
    ("url", "name"),
    [(BOOK, "preferred_hours"), (CONSULT, "age_band"), (CONSULT, "country")],
)
@pytest.mark.parametrize("value", ["moon", "9" * 30, "\x00", "ñ\u202e🧔🏾"])
def test_a_choice_nobody_offered_is_refused(client, url, name, value):
    form = FORMS[url](**{**(NO_PHOTO if url == CONSULT else {}), name: value})
    response = client.post(path_of(url), form)
    assert response.status_code == 422
    assert "There is a problem" in response.content.decode()


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
            ("020 7946 0958  ext 12", "020 7946 0958 ext 12"),
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
            # One to three digits of country code and 17 at most after that; or as it
            # was typed, with an extension.
            is_dialable = re.fullmatch(r"\+[1-9][0-9]{4,18}", number)
            assert is_dialable or number == " ".join(typed.split())
            assert clean_phone(number) == number


class TestANumberThatLooksWrong:
    """Asked about, not refused: people know their own number."""

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("999", "looks too short"),
            ("7946 0958", "looks too short, or lacks its area code"),
            ("07700 900113 0000", "looks too long"),
            ("+999 1234 5678", "begins with a country code that we do not know"),
            ("ask for 7", "does not look like a telephone number"),
        ],
    )
    def test_is_asked_about_and_then_kept_as_it_was_typed(self, client, typed, words):
        path = path_of(BOOK)
        response = client.post(path, details_form(phone=typed))
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 422
        assert f"This number {words}" in page.select_one(".error-summary").text
        box = page.select_one("[name=phone_is_right]")
        assert f"Yes, {typed} is right" in page.find(id="div_id_phone_is_right").text
        assert not box.has_attr("checked")
        assert would_send(page)["phone"] == typed

        form = {**would_send(page), "phone_is_right": box["value"]}
        assert client.post(path, form).status_code == 303
        assert BookingDraft.objects.get().details["phone"] == typed
        shown = would_send(BeautifulSoup(client.get(path).content, "html.parser"))
        assert (shown["phone"], shown["phone_is_right"]) == (typed, typed)
        assert client.post(path, shown).status_code == 303

    def test_is_asked_about_anew_when_it_is_another_one(self, client):
        path = path_of(BOOK)
        form = details_form(phone="998", phone_is_right="999")
        response = client.post(path, form)
        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 422
        assert "Yes, 998 is right" in page.text
        assert not page.select_one("[name=phone_is_right]").has_attr("checked")

    def test_needs_no_word_once_it_is_put_right(self, client):
        form = details_form(phone="07700 900113", phone_is_right="999")
        assert client.post(path_of(BOOK), form).status_code == 303
        assert BookingDraft.objects.get().details["phone"] == "+447700900113"

    @pytest.mark.parametrize("typed", ["call me", "-", "+"])
    def test_without_a_digit_is_no_number_whatever_is_ticked(self, client, typed):
        form = details_form(phone=typed, phone_is_right=typed)
        assert client.post(path_of(BOOK), form).status_code == 422

    def test_keeps_its_extension(self, client):
        path = path_of(BOOK)
        client.post(path, details_form(phone="020 7946 0958 ext 12"))
        assert BookingDraft.objects.get().details["phone"] == "020 7946 0958 ext 12"
        assert "020 7946 0958 ext 12" in client.get(path).content.decode()


TYPED = {
    BOOK: ["name", "note", "email", "phone", "phone_is_right"],
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
        path = path_of(url)
        for page in (path, f"{path}keep/") if url == BOOK else (path,):
            response = client.post(page, body, "application/x-www-form-urlencoded")
            assert response.status_code in (303, 422)
            assert b"<script>alert" not in response.content
            assert b"<script>alert" not in client.get(path).content


def test_what_is_accepted_is_stored_as_it_was_typed(client):
    name, note = "李 🧔🏾‍♂️ O'Brien", "\u202eשלום {{ x }} <b>"
    path = path_of(BOOK)
    client.post(path, details_form(name=name, note=note))
    client.post(f"{path}check/")
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


def test_each_time_it_is_opened_a_form_has_a_key_of_its_own(client):
    pages = [client.get(CONSULT).content.decode() for _ in range(2)]
    keys = {re.search(r'name="submit_key" value="([^"]+)"', page)[1] for page in pages}
    assert len(keys) == 2
    assert all("Error:" not in page for page in pages)


class TestConsentToWordsThatChangedMeanwhile:
    """Consent counts for the words on the page, not for newer ones."""

    def test_is_asked_for_again(self, client):
        form, path = details_form(), path_of(BOOK)
        ConsentWording.objects.create(key="booking-contact", text="Newer words.")

        response = client.post(path, form)

        page = BeautifulSoup(response.content, "html.parser")
        assert response.status_code == 422
        assert "These words have changed" in page.text
        assert "Newer words." in page.text
        assert not page.select_one("[name=consent]").has_attr("checked")
        assert not BookingDraft.objects.get().is_complete

        form["consent"] = page.select_one("[name=consent]")["value"]
        assert client.post(path, form).status_code == 303
        client.post(f"{path}check/")
        consents = FreeConsultation.objects.get().consents
        assert consents.get(wording__key="booking-contact").wording.version == 2


class TestAName:
    @pytest.mark.parametrize("name", ["🙂", "...", "\u202e\u202e", "- -"])
    def test_has_letters_with_which_to_prove_it(self, client, name):
        path = path_of(BOOK)
        response = client.post(path, details_form(name=name))
        assert response.status_code == 422
        assert "Enter your name" in response.content.decode()

    def test_is_one_line_that_reads_from_one_end_to_the_other(self, client):
        typed = "Foo\r\nBcc: \u202ex@evil.example"
        assert client.post(path_of(BOOK), details_form(name=typed)).status_code == 303
        assert BookingDraft.objects.get().details["name"] == "Foo Bcc: x@evil.example"
