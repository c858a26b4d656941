from django.db import migrations

WORDINGS = {
    "booking-contact": (
        "I agree that you keep these details and contact me about this free "
        "consultation."
    ),
    "online-health": (
        "I agree that your specialists use the health information I give here to "
        "assess my hair loss and answer me."
    ),
    "online-photos": (
        "I agree that your specialists look at the photos I send, for this assessment "
        "only. They are never published."
    ),
}


def add_wordings(apps, schema_editor):
    ConsentWording = apps.get_model("consultations", "ConsentWording")
    for key, text in WORDINGS.items():
        ConsentWording.objects.create(key=key, version=1, text=text)


class Migration(migrations.Migration):
    """Forms need a wording from the first day; staff add newer versions."""

    dependencies = [("consultations", "0001_initial")]

    operations = [migrations.RunPython(add_wordings, migrations.RunPython.noop)]
