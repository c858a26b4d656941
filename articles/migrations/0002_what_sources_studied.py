from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="population",
            field=models.CharField(
                blank=True,
                choices=[
                    ("human", "People"),
                    ("animal", "Animals"),
                    ("cells", "Cells or tissue"),
                ],
                max_length=8,
                verbose_name="studied in",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="status",
            field=models.CharField(
                choices=[
                    ("ok", "No known problem"),
                    ("corrected", "Corrected"),
                    ("concern", "Expression of concern"),
                    ("retracted", "Retracted"),
                ],
                default="ok",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="status_checked_on",
            field=models.DateField(
                blank=True,
                help_text="When somebody last looked. Empty: never.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="status_note",
            field=models.CharField(
                blank=True,
                help_text="What was corrected, or why it was retracted. Readers see it.",
                max_length=255,
                verbose_name="about the status",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="study_type",
            field=models.CharField(
                blank=True,
                choices=[
                    ("systematic_review", "Systematic review"),
                    ("trial", "Controlled trial"),
                    ("observational", "Observational study"),
                    ("cases", "Case reports"),
                    ("laboratory", "Laboratory study"),
                    ("narrative", "Narrative review or opinion"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="doi",
            field=models.CharField(
                blank=True,
                help_text="In any form: with “doi:”, as an address at doi.org, or the address of the article at its publisher.",
                max_length=200,
                verbose_name="DOI",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="kind",
            field=models.CharField(
                choices=[
                    ("journal", "Journal article"),
                    ("guideline", "Guideline"),
                    ("regulator", "Regulator or public body"),
                    ("news", "News"),
                    ("clinic", "Clinic's own data"),
                    ("web", "Other web page"),
                ],
                default="journal",
                max_length=12,
            ),
        ),
    ]
