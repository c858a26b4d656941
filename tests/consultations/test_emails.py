"""What the mails of all kinds of submissions share; a mailbox is read by others."""

import pytest
from post_office.models import Email

from clinic_site.core.models import ClinicSettings
from tests.factories.consultations import MARK, kind_of, stored_booking, stored_online

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic_settings(db) -> ClinicSettings:
    settings = ClinicSettings.of_default_site()
    settings.clinic_name = "O'Hara & Daughters"
    settings.phone = "+442079460958"
    settings.email = "hello@larkfield.example"
    settings.notify_bookings = "desk@larkfield.example"
    settings.notify_online = "specialists@larkfield.example"
    settings.save()
    return settings


def mails() -> tuple[Email, Email]:
    to_visitor, to_staff = Email.objects.order_by("pk")
    return to_visitor, to_staff


@pytest.mark.parametrize("store", [stored_booking, stored_online])
def test_the_visitor_reads_the_reference_and_whom_to_ask(clinic_settings, store):
    submission = store()
    email, _ = mails()
    assert email.to == [submission.email]
    assert submission.reference in email.message
    assert "020 7946 0958" in email.message
    assert "hello@larkfield.example" in email.message
    assert "\n\nThe clinic\n" in email.message
    assert email.subject.endswith("(The clinic)")


@pytest.mark.parametrize("store", [stored_booking, stored_online])
def test_they_come_from_the_name_that_tells_nothing(clinic_settings, store):
    clinic_settings.clinic_name = "Larkfield Hair Clinic"
    clinic_settings.discreet_name = "Lärk, field"
    clinic_settings.save()
    store()
    email, _ = mails()
    assert email.from_email == '"Lärk, field" <hello@larkfield.example>'
    assert "hello@larkfield.example" in email.email_message().message()["From"]
    assert email.subject.endswith("(Lärk, field)")
    assert "Hair" not in f"{email.subject} {email.message} {email.html_message}"


def test_without_a_discreet_name_they_tell_nothing_either(
    clinic_settings,
):
    assert clinic_settings.sender().display_name == "The clinic"


@pytest.mark.parametrize(
    ("store", "address", "kind"),
    [
        (stored_booking, "desk@larkfield.example", "Free consultation"),
        (stored_online, "specialists@larkfield.example", "Online consultation"),
    ],
)
def test_staff_read_a_kind_a_reference_and_a_link(
    clinic_settings, settings, store, address, kind
):
    settings.WAGTAILADMIN_BASE_URL = "https://larkfield.example"
    submission = store()
    _, email = mails()
    assert email.to == [address]
    assert email.subject == f"New: {submission.reference}"
    link = f"https://larkfield.example/admin/consultations/{submission.pk}/"
    assert email.message.strip().split("\n\n") == [
        f"{kind} {submission.reference} has arrived.",
        link,
        "The link opens after you sign in.",
    ]
    assert not email.html_message


@pytest.mark.parametrize("store", [stored_booking, stored_online])
@pytest.mark.parametrize("field", ["notify_bookings", "notify_online"])
def test_staff_without_an_address_get_none(clinic_settings, store, field):
    setattr(clinic_settings, field, "")
    clinic_settings.save()
    store()
    own = {stored_booking: "notify_bookings", stored_online: "notify_online"}[store]
    assert Email.objects.count() == (1 if own == field else 2)


def test_nothing_a_visitor_wrote_is_in_them(clinic_settings):
    names = {"name": f"Tom {MARK}", "email": "tom@visitor.example"}
    stored_booking(kind_of("clinic"), note=f"{{{{ 7 }}}} {MARK}", **names)
    stored_online(phone="+447700900113", **names)
    for email in Email.objects.all():
        everything = f"{email.subject} {email.message} {email.html_message}".lower()
        for word in (MARK, "tom", "7700", "parting", "iron", "scalp", "hair"):
            assert word not in everything
        assert "{" not in everything
        assert email.headers is None


def test_an_address_in_another_script_is_written_to(clinic_settings):
    stored_booking(email="anna@bücher.example")
    email, _ = mails()
    assert email.email_message().message()["To"] == "anna@xn--bcher-kva.example"
