import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_first_kinds_and_wordings")]

    operations = [
        migrations.RemoveConstraint(
            model_name="freeconsultation",
            name="clinic_for_visits_only",
        ),
        migrations.RemoveField(
            model_name="freeconsultation",
            name="mode",
        ),
        migrations.RemoveField(
            model_name="freeconsultation",
            name="part_of_day",
        ),
        migrations.RemoveField(
            model_name="freeconsultation",
            name="preferred_date",
        ),
        migrations.AlterField(
            model_name="freeconsultation",
            name="appointment_kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="consultations.appointmentkind",
            ),
        ),
    ]
