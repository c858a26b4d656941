import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="expert",
            name="user",
            field=models.OneToOneField(
                blank=True,
                help_text="Lets this person sign answers off under their own name.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="expert",
                to=settings.AUTH_USER_MODEL,
                verbose_name="staff account",
            ),
        ),
    ]
