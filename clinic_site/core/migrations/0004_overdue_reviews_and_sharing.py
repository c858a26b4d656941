import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_gone_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="clinicsettings",
            name="sharing_picture",
            field=models.ForeignKey(
                blank=True,
                help_text="Goes with links to pages that have no picture of their own.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="core.clinicimage",
            ),
        ),
        migrations.AddField(
            model_name="clinicsettings",
            name="show_overdue_reviews",
            field=models.BooleanField(
                default=False,
                help_text="Tell readers when an answer should have been reviewed again.",
            ),
        ),
    ]
