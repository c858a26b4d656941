"""Who keeps the diary. README has the table for people."""

from django.db import migrations

MODELS = ("appointmentkind", "resource", "diaryexception", "bankholiday")


def labels_of(group):
    if group == "Managers":
        yield "export_freeconsultation", "freeconsultation"
        for model in MODELS:
            for action in ("add", "change", "delete", "view"):
                yield f"{action}_{model}", model
    if group == "Reception":
        for model in MODELS:
            yield f"view_{model}", model
        for action in ("add", "change", "delete"):
            yield f"{action}_diaryexception", "diaryexception"


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    # A group that the owner has removed stays removed.
    for group in apps.get_model("auth", "Group").objects.filter(
        name__in=["Managers", "Reception"]
    ):
        for codename, model in labels_of(group.name):
            content_type, _ = ContentType.objects.get_or_create(
                app_label="consultations", model=model
            )
            action, _, rest = codename.partition("_")
            found, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=codename,
                defaults={"name": f"Can {action} {rest}"},
            )
            group.permissions.add(found)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0005_editorial_groups"),
        ("consultations", "0005_times_instead_of_wishes"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
