from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0005_diary")]

    operations = [
        migrations.AddField(
            model_name="clinicsettings",
            name="discreet_name",
            field=models.CharField(
                blank=True,
                help_text=(
                    "What a shared mailbox or calendar may show, like “Larkfield”. "
                    "Empty: “The clinic”."
                ),
                max_length=40,
                verbose_name="name in mails and calendars",
            ),
        ),
    ]
