"""What a fresh site can be asked for, and what earlier wishes become."""

import datetime

from django.db import migrations

KINDS = (
    {
        "name": "Visit to a clinic",
        "slug": "clinic",
        "mode": "clinic",
        "description": "We look at your scalp together and talk about what can help.",
        "what_to_bring": "A list of the medicines you take, if any. Nothing else.",
        "minutes": 30,
        "buffer_after": 10,
        "interval": 20,
        "lead_hours": 4,
        "cutoff_hours": 12,
        "sort_order": 1,
    },
    {
        "name": "Telephone call",
        "slug": "phone",
        "mode": "phone",
        "description": "We phone you, wherever you are. It costs you nothing.",
        "what_to_bring": "A quiet place, and a list of the medicines you take, if any.",
        "minutes": 20,
        "buffer_after": 5,
        "interval": 15,
        "lead_hours": 2,
        "cutoff_hours": 3,
        "sort_order": 2,
    },
)
WORDINGS = {
    "booking-note": (
        "I agree that you keep what I wrote in the note, for this consultation only."
    ),
    "waiting-contact": (
        "I agree that you keep these details and write to me when a time is free."
    ),
}
# A wish had no time yet; what was dealt with stays dealt with.
STATES = {
    "new": "requested",
    "in_progress": "requested",
    "done": "attended",
    "withdrawn": "cancelled",
    "spam": "withdrawn",
}


def add_kinds_and_wordings(apps, schema_editor):
    for kind in KINDS:
        apps.get_model("consultations", "AppointmentKind").objects.create(**kind)
    for key, text in WORDINGS.items():
        apps.get_model("consultations", "ConsentWording").objects.create(
            key=key, version=1, text=text
        )


def keep_wishes(apps, schema_editor):
    """People asked for a day: that is kept where staff see what happened."""
    FreeConsultation = apps.get_model("consultations", "FreeConsultation")
    Event = apps.get_model("consultations", "Event")
    kinds = {
        kind.mode: kind
        for kind in apps.get_model("consultations", "AppointmentKind").objects.all()
    }
    for booking in FreeConsultation.objects.defer("note"):
        Event.objects.create(
            submission_id=booking.pk,
            action="received",
            detail=f"for {booking.preferred_date:%d %b %Y}, {booking.part_of_day}",
            at=booking.created_at + datetime.timedelta(seconds=1),
        )
        FreeConsultation.objects.filter(pk=booking.pk).update(
            appointment_kind=kinds[booking.mode], state=STATES[booking.status]
        )


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_diary")]

    operations = [
        migrations.RunPython(add_kinds_and_wordings, migrations.RunPython.noop),
        migrations.RunPython(keep_wishes, migrations.RunPython.noop),
    ]
