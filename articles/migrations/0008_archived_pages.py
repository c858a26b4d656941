from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_remove_typed_numbers"),
    ]

    operations = [
        migrations.AddField(
            model_name="answerpage",
            name="archived_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="answersindexpage",
            name="archived_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="topicpage",
            name="archived_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="topicsindexpage",
            name="archived_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
