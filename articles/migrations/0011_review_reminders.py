import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_feedback"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("review_due", models.DateField()),
                (
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (60, "60 days ahead"),
                            (30, "30 days ahead"),
                            (0, "due"),
                        ]
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_reminders",
                        to="articles.answerpage",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="reviewreminder",
            constraint=models.UniqueConstraint(
                fields=("page", "review_due", "stage"), name="review_reminder_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewreminder",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", [60, 30, 0])),
                name="review_reminder_has_a_known_stage",
            ),
        ),
    ]
