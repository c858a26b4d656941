from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_markers_in_the_text"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="answerpage",
            name="reviewed_on",
        ),
        migrations.RemoveField(
            model_name="answerpage",
            name="reviewed_what",
        ),
        migrations.RemoveField(
            model_name="answerpage",
            name="reviewer",
        ),
        migrations.DeleteModel(
            name="AnswerPageSource",
        ),
    ]
