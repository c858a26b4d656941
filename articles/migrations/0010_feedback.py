import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_sign_off_task"),
    ]

    operations = [
        migrations.CreateModel(
            name="Feedback",
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
                ("is_helpful", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unclear", "It is hard to understand"),
                            (
                                "not_my_question",
                                "It answers another question than mine",
                            ),
                            ("no_next_step", "It does not say what I should do next"),
                            ("too_long", "It is too long"),
                            ("outdated", "It is out of date"),
                            ("wrong", "I think something in it is wrong"),
                            ("other", "Something else"),
                        ],
                        max_length=16,
                    ),
                ),
                ("day", models.DateField()),
                (
                    "visitor_key",
                    models.CharField(
                        editable=False, max_length=64, null=True, unique=True
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="articles.answerpage",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "feedback",
            },
        ),
        migrations.AddIndex(
            model_name="feedback",
            index=models.Index(fields=["page", "day"], name="feedback_page_day"),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reason__in",
                        [
                            "",
                            "unclear",
                            "not_my_question",
                            "no_next_step",
                            "too_long",
                            "outdated",
                            "wrong",
                            "other",
                        ],
                    )
                ),
                name="feedback_reason_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="feedback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_helpful", False), ("reason", ""), _connector="OR"
                ),
                name="feedback_reason_only_if_unhelpful",
            ),
        ),
    ]
