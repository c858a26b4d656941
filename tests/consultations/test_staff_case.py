"""One case: who sees what of it, and that each look and change is written down."""

import uuid
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.users.models import UserProfile

from clinic_site.users.models import User
from consultations.bookings.times import in_words
from consultations.models import (
    Event,
    FreeConsultation,
    Note,
    Reservation,
    Submission,
    WaitingEntry,
)
from consultations.online.photos import PreparedPhoto, delete
from consultations.records.proof import prove
from consultations.records.services import add_note
from tests.factories.consultations import (
    MARK,
    ResourceFactory,
    kind_of,
    stored_booking,
    stored_online,
)
from tests.factories.core import jpeg

pytestmark = pytest.mark.django_db


def prepared() -> PreparedPhoto:
    return PreparedPhoto(
        jpeg=jpeg((400, 300)), preview=jpeg((80, 60)), width=400, height=300
    )


def online(**changes):
    return stored_online(photos=[prepared(), prepared()], **changes)


def url_of(submission, rest: str = "") -> str:
    return f"/admin/consultations/{submission.pk}/{rest}"


def actions() -> list[tuple]:
    """What staff did, oldest first."""
    events = Event.objects.exclude(actor=None).order_by("pk")
    return list(events.values_list("action", "actor__username", "detail"))


def doings() -> list[tuple]:
    """What staff did beside looking."""
    return [action for action in actions() if action[0] not in Event.LOOKS]


def text_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(page.select_one("main, #main").get_text(" ").split())


def messages_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser")
    return " ".join(item.text for item in page.select(".messages li"))


class TestSpecialists:
    def test_see_answers_and_photos_and_that_is_written_down(self, client_of):
        client, case = client_of("Specialists"), online()
        response = client.get(url_of(case))

        assert response.status_code == 200
        for words in ("Sofia Marchetti", "My parting has become wider", "An iron"):
            assert words in text_of(response)
        for words in ("25 to 34", "Italy", "I agree that your specialists"):
            assert words in text_of(response)
        page = BeautifulSoup(response.content, "html.parser")
        images = page.select(".case__photos img")
        assert [client.get(image["src"]).status_code for image in images] == [200] * 2
        assert actions() == [
            ("answers_viewed", "specialists", ""),
            ("photo_viewed", "specialists", "1 preview"),
            ("photo_viewed", "specialists", "2 preview"),
        ]

    def test_have_it_written_down_each_time(self, client_of):
        client, case = client_of("Specialists"), online()
        for _ in range(3):
            client.get(url_of(case))
        assert [action for action, *_ in actions()] == ["answers_viewed"] * 3

    def test_are_told_who_looked_before(self, client_of):
        case = online()
        client_of("Specialists", first_name="Ada", last_name="Moss").get(url_of(case))
        other = client_of()
        other.force_login(User.objects.create_superuser("boss", "", "pass phrase"))
        history = text_of(other.get(url_of(case)))
        assert "Answers or notes viewed Ada Moss" in history
        assert "The visitor" in history


class TestReception:
    def test_sees_who_wrote_but_nothing_of_health(self, client_of, user_in):
        client, case = client_of("Reception"), online()
        add_note(submission=case, text=f"Ask again {MARK}", author=user_in("Editors"))
        response = client.get(url_of(case))

        assert response.status_code == 200
        assert "sofia@visitor.example" in text_of(response)
        assert "shown to specialists only" in text_of(response)
        html = response.content.decode()
        for hidden in (MARK, "parting", "25 to 34", "/photos/", "Save note"):
            assert hidden not in html
        assert "Save status" not in html
        assert [action for action, *_ in actions()] == ["note_added"]

    def test_sees_all_of_a_booking(self, client_of):
        client = client_of("Reception")
        room = ResourceFactory(clinic__name="Larkfield Borough", name="Room Oak")
        booking = stored_booking(
            kind_of("clinic"), clinic=room.clinic, note="Step-free?"
        )
        response = client.get(url_of(booking))
        for words in ("Larkfield Borough", "Room Oak", "Step-free?", "+447700900113"):
            assert words in text_of(response)
        assert actions() == [("answers_viewed", "reception", "")]

    def test_gets_no_photo(self, client_of):
        client, case = client_of("Reception"), online()
        photo = case.photos.first()
        for rest in ("", "preview/"):
            response = client.get(url_of(case, f"photos/{photo.pk}/{rest}"))
            assert response.status_code == 302
        assert actions() == []


class TestStatus:
    """Of online consultations; bookings have steps of their own."""

    def change(self, client, case, **form):
        url = url_of(case, "status/")
        return client.post(url, {"shown": "new", "status": "done", **form}, follow=True)

    def test_is_changed_and_that_is_written_down(self, client_of):
        client, case = client_of("Specialists"), online()
        response = self.change(client, case)
        assert f"{case.reference} is now “Done”" in messages_of(response)
        case.refresh_from_db()
        assert case.status == "done"
        assert doings() == [("status_changed", "specialists", "new to done")]

    @pytest.mark.parametrize(
        "form", [{"status": "moon"}, {"status": "\x00"}, {"shown": ""}, {"status": ""}]
    )
    def test_takes_none_that_is_not_in_the_list(self, client_of, form):
        client, case = client_of("Specialists"), online()
        response = self.change(client, case, **form)
        assert "Choose one of the statuses in the list" in messages_of(response)
        case.refresh_from_db()
        assert (case.status, doings()) == ("new", [])

    def test_changed_by_somebody_else_meanwhile_stays(self, client_of):
        client, case = client_of("Specialists"), online()
        Submission.objects.update(status="withdrawn")
        response = self.change(client, case)
        assert "Somebody else changed the status just now" in messages_of(response)
        case.refresh_from_db()
        assert (case.status, doings()) == ("withdrawn", [])

    def test_saved_as_it_was_is_no_change(self, client_of):
        client, case = client_of("Specialists"), online()
        self.change(client, case, status="new")
        assert doings() == []

    def test_is_nothing_that_a_booking_has(self, client_of):
        client, booking = client_of("Reception"), stored_booking()
        assert "Save status" not in text_of(client.get(url_of(booking)))
        assert self.change(client, booking).status_code == 404
        booking.refresh_from_db()
        assert booking.status == "in_progress"


class TestNote:
    def test_is_saved_encrypted_and_shown(self, client_of):
        client, booking = client_of("Reception"), stored_booking()
        text = f"Rang back, <b>no answer</b> {MARK}"
        response = client.post(url_of(booking, "notes/"), {"text": text}, follow=True)
        assert "The note is saved" in messages_of(response)
        assert text in text_of(response)
        assert "<b>no answer" not in response.content.decode()
        assert doings() == [("note_added", "reception", "")]
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM consultations_note")
            assert MARK.encode() not in bytes(cursor.fetchone()[0])

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "Write the note before you save it"),
            (" \n", "Write the note before you save it"),
            ("x" * 3001, "The note must be 3,000 characters or fewer"),
            ("a\x00b", "Null characters are not allowed"),
        ],
    )
    def test_that_cannot_be_saved_is_explained_and_kept(self, client_of, text, words):
        client, booking = client_of("Reception"), stored_booking()
        response = client.post(url_of(booking, "notes/"), {"text": text})
        assert response.status_code == 422
        assert words in text_of(response)
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one("textarea[name=text]").text.strip() == text.strip()
        assert not Note.objects.exists()

    def test_of_a_specialist_on_an_online_case_is_for_specialists(self, client_of):
        specialist, case = client_of("Specialists"), online()
        specialist.post(url_of(case, "notes/"), {"text": "Looks diffuse."})
        assert "Looks diffuse." in text_of(specialist.get(url_of(case)))
        for group in ("Reception", "Managers"):
            client = client_of(group)
            assert "Looks diffuse." not in text_of(client.get(url_of(case)))
            client.post(url_of(case, "notes/"), {"text": "Mine."})
        assert Note.objects.count() == 1


class TestPhoto:
    def test_is_a_bare_jpeg_that_nothing_keeps_or_runs(self, client_of):
        client, case = client_of("Specialists"), online()
        photo = case.photos.first()
        for rest, size in (("", (400, 300)), ("preview/", (80, 60))):
            response = client.get(url_of(case, f"photos/{photo.pk}/{rest}"))
            assert response.status_code == 200
            picture = Image.open(BytesIO(response.content))
            assert (picture.format, picture.size) == ("JPEG", size)
            assert not picture.getexif()
            assert response["Content-Type"] == "image/jpeg"
            assert "no-store" in response["Cache-Control"]
            assert "private" in response["Cache-Control"]
            assert response["X-Content-Type-Options"] == "nosniff"
            assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert response["Content-Disposition"].startswith("inline; filename=")
        details = [detail for _, _, detail in actions()]
        assert details == ["1 full", "1 preview"]

    def test_of_another_case_is_not_there(self, client_of):
        client, mine, other = client_of("Specialists"), online(), online()
        photo = other.photos.first()
        for case, photo_pk in (
            (mine, photo.pk),
            (stored_booking(), photo.pk),
            (mine, uuid.uuid4()),
        ):
            response = client.get(url_of(case, f"photos/{photo_pk}/"))
            assert response.status_code == 404
        assert actions() == []

    def test_whose_file_is_gone_or_damaged_is_not_there(self, client_of, folder):
        client, case = client_of("Specialists"), online()
        gone, damaged = case.photos.all()
        delete(gone.stored_name)
        (path,) = folder.rglob("*.bin")
        path.write_bytes(path.read_bytes()[:-1])
        for photo in (gone, damaged):
            response = client.get(url_of(case, f"photos/{photo.pk}/"))
            assert response.status_code == 404
        assert client.get(url_of(case)).status_code == 200


def test_a_case_nobody_sent_is_not_there(client_of):
    client = client_of("Specialists")
    for rest in ("", "status/", "notes/"):
        url = f"/admin/consultations/{uuid.uuid4()}/{rest}"
        ask = client.post if rest else client.get
        assert ask(url, {"shown": "new", "status": "done"}).status_code == 404
    assert client.get("/admin/consultations/7/").status_code == 404


def test_the_title_of_a_case_is_its_reference(client_of):
    client, case = client_of("Specialists"), online()
    page = BeautifulSoup(client.get(url_of(case)).content, "html.parser")
    assert case.reference in page.title.text
    assert "Sofia" not in page.title.text


class TestALostKey:
    """Something is under a key that is gone: the rest must stay usable."""

    def test_leaves_the_contact_details_readable(self, client_of, settings):
        cases = [online(), stored_booking(note="Step-free?")]
        settings.ENCRYPTION_KEYS = [
            "other:b3RoZXItb25seS1rZXktbnVtYmVyLTMyYnl0ZXMhISE="
        ]
        client = client_of("Specialists")
        for case in cases:
            page = text_of(client.get(url_of(case)))
            assert case.email in page
            assert "cannot be read" in page
        assert in_words(cases[1].starts_at) in page


def test_many_looks_do_not_hide_what_was_done(client_of):
    case, client = online(), client_of("Specialists")
    for _ in range(25):
        client.get(url_of(case))
    page = text_of(client.get(url_of(case)))
    assert "Received The visitor" in page
    assert "Looked at 26 times" in page
    assert "The latest 20:" in page


class TestALinkClosedAfterWrongSurnames:
    WORDS = "The link is closed after wrong surnames"

    @pytest.fixture
    def case(self):
        booking = stored_booking(name="Ana Jones")
        Submission.objects.update(link_failures=5)
        return booking

    def test_is_opened_again_by_reception(self, client_of, case):
        client = client_of("Reception")
        page = BeautifulSoup(client.get(url_of(case)).content, "html.parser")
        (form,) = page.select("form[action$='/open-link-again/']")
        assert self.WORDS in page.text
        response = client.post(form["action"], follow=True)
        assert f"{case.reference} is open again" in messages_of(response)
        assert self.WORDS not in text_of(response)
        assert "Link opened again" in text_of(response)
        prove(submission=case, surname="Jones")
        assert doings() == [("link_reopened", "reception", "")]

        again = client.post(form["action"], follow=True)
        assert "is open already" in messages_of(again)
        assert doings() == [("link_reopened", "reception", "")]

    def test_is_only_told_to_those_who_change_nothing(self, client_of, case):
        client = client_of("Specialists")
        page = text_of(client.get(url_of(case)))
        assert self.WORDS in page
        assert "Open the link again" not in page

    def test_is_not_spoken_of_while_it_is_open(self, client_of, case):
        Submission.objects.update(link_failures=4)
        assert self.WORDS not in text_of(client_of("Reception").get(url_of(case)))


class TestABooking:
    """What staff need before they pick up the telephone."""

    def page(self, client_of, booking) -> str:
        return text_of(client_of("Reception").get(url_of(booking)))

    def test_shows_when_in_london_and_where_the_person_is(self, client_of):
        booking = stored_booking(zone="America/New_York")
        page = self.page(client_of, booking)
        assert in_words(booking.starts_at) in page
        there = in_words(booking.starts_at, "America/New_York")
        assert f"{there} (America/New_York)" in page

    def test_goes_by_the_clock_in_london_wherever_staff_are(self, client_of):
        client, booking = client_of("Reception"), stored_booking()
        profile = UserProfile.get_for_user(User.objects.get())
        profile.current_time_zone = "Asia/Tokyo"
        profile.save()
        assert in_words(booking.starts_at) in text_of(client.get(url_of(booking)))

    def test_says_how_to_reach_them(self, client_of):
        booking = stored_booking(
            no_voicemail=True, preferred_hours="evening", wants_reminders=False
        )
        client = client_of("Reception")
        response = client.get(url_of(booking))
        for words in ("No voicemail", "In the evening (after 5pm)", "Not wanted"):
            assert words in text_of(response)
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one('a[href="tel:+447700900113"]')

    def test_links_no_number_that_cannot_be_dialled(self, client_of):
        booking = stored_booking(phone="7946, ask for Ada", note="")
        response = client_of("Reception").get(url_of(booking))
        assert "Telephone 7946, ask for Ada" in text_of(response)
        assert "Their note None" in text_of(response)
        assert not BeautifulSoup(response.content, "html.parser").select("[href^=tel]")

    def test_says_that_nobody_confirmed_a_request_yet(self, client_of):
        booking = stored_booking(kind_of(needs_confirmation=True))
        page = self.page(client_of, booking)
        assert "Requested" in page
        assert "nobody has confirmed it yet" in page

    def test_says_that_it_is_in_an_extra_lane(self, client_of):
        booking = stored_booking()
        assert "Extra lane" not in self.page(client_of, booking)
        Reservation.objects.update(lane=1)
        client = Client()
        client.force_login(User.objects.get())
        assert "Extra lane: booked beside" in text_of(client.get(url_of(booking)))

    def test_links_the_page_it_came_from(self, client_of):
        response = client_of("Reception").get(
            url_of(stored_booking(source_path="/answers/shedding/"))
        )
        page = BeautifulSoup(response.content, "html.parser")
        assert page.select_one('a[href="/answers/shedding/"]')

    @pytest.mark.parametrize("source", ["javascript:alert(1)", "//evil.example/"])
    def test_links_no_other_place(self, client_of, source):
        booking = stored_booking()
        FreeConsultation.objects.update(source_path=source)
        response = client_of("Reception").get(url_of(booking))
        page = BeautifulSoup(response.content, "html.parser")
        assert source in text_of(response)
        assert not page.select_one(f'a[href="{source}"]')

    def test_that_was_a_wish_has_no_time_yet(self, client_of):
        booking = wish()
        page = self.page(client_of, booking)
        assert "No time agreed yet" in page
        assert "Agree on a time" in page

    def test_shows_the_other_bookings_of_the_person(self, client_of):
        booking = stored_booking(email="ada@visitor.example", phone="+442079460958")
        by_mail = stored_booking(email="ADA@visitor.example", phone="")
        by_phone = stored_booking(email="x@visitor.example", phone="+442079460958")
        somebody = stored_booking(email="bob@visitor.example", phone="+442079460000")
        page = self.page(client_of, booking)
        for other in (by_mail, by_phone):
            assert f"{other.reference} , {in_words(other.starts_at)}" in page
        assert somebody.reference not in page

    def test_of_somebody_without_email_is_not_that_of_another(self, client_of):
        booking = stored_booking(email="", phone="+442079460958")
        other = stored_booking(email="", phone="")
        page = self.page(client_of, booking)
        assert other.reference not in page
        assert "they get no mail" in page

    def test_costs_the_same_however_many_others_there_are(self, client_of):
        client, booking = client_of("Reception"), stored_booking()
        numbers = []
        for others in (1, 19):
            copies(booking, others)
            with CaptureQueriesContext(connection) as queries:
                page = text_of(client.get(url_of(booking)))
            numbers.append(len(queries))
        assert page.count("Telephone call. Confirmed") == 20
        assert numbers[0] == numbers[1] <= 25


def wish() -> FreeConsultation:
    """From when people asked for a day instead of a time."""
    booking = stored_booking()
    Reservation.objects.all().delete()
    FreeConsultation.objects.filter(pk=booking.pk).update(
        state="requested", status="new", starts_at=None, ends_at=None
    )
    return booking


def copies(booking: FreeConsultation, number: int) -> None:
    for _ in range(number):
        pk = uuid.uuid4()
        copy = FreeConsultation(
            **{
                field.name: getattr(booking, field.name)
                for field in FreeConsultation._meta.concrete_fields
                if field.name != "submission_ptr"
            }
        )
        copy.pk = copy.id = copy.submit_key = pk
        copy.reference, copy.reservation = str(pk)[:16], None
        copy.save(force_insert=True)


def test_an_entry_of_the_waiting_list_has_a_page(client_of):
    today = timezone.localdate()
    entry = WaitingEntry.objects.create(
        kind="waiting",
        reference="WL-TEST-0001",
        submit_key=uuid.uuid4(),
        name="Ada Moss",
        email="ada@visitor.example",
        appointment_kind=kind_of(),
        first_day=today,
        last_day=today,
    )
    response = client_of("Reception").get(url_of(entry))
    assert response.status_code == 200
    assert "What they wait for" in text_of(response)
