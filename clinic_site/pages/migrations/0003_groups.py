"""Staff groups, each with just its rights. README has the table for people."""

from django.db import migrations

EDITORIAL = [
    "wagtailadmin.access_admin",
    "articles.add_source",
    "articles.change_source",
    "articles.view_source",
    "core.add_expert",
    "core.change_expert",
    "core.view_expert",
    "core.view_clinic",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
    "wagtailredirects.delete_redirect",
]
GROUPS = {
    "Editors": EDITORIAL,
    "Reception": [
        "wagtailadmin.access_admin",
        "consultations.view_submission",
        "consultations.change_freeconsultation",
    ],
    "Specialists": [
        "wagtailadmin.access_admin",
        "consultations.view_submission",
        "consultations.view_health_data",
        "consultations.change_onlineconsultation",
    ],
    # Managers see who wrote and what became of it, not the answers and photos.
    "Managers": [
        *EDITORIAL,
        "articles.delete_source",
        "core.add_clinic",
        "core.change_clinic",
        "core.change_clinicsettings",
        "consultations.view_submission",
        "consultations.change_freeconsultation",
        "consultations.change_onlineconsultation",
        "consultations.add_consentwording",
        "consultations.view_consentwording",
    ],
}
PUBLISHING_GROUPS = ("Editors", "Managers")
PAGE_PERMISSIONS = ("add_page", "change_page", "publish_page")
FILE_PERMISSIONS = (
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
)
MODELS = {
    "access_admin": "admin",
    "view_health_data": "submission",
}


def create_groups(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Collection = apps.get_model("wagtailcore", "Collection")
    Group = apps.get_model("auth", "Group")
    GroupCollectionPermission = apps.get_model(
        "wagtailcore", "GroupCollectionPermission"
    )
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    Page = apps.get_model("wagtailcore", "Page")
    Permission = apps.get_model("auth", "Permission")
    Task = apps.get_model("wagtailcore", "Task")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")

    def permission(label):
        app, codename = label.split(".")
        action, _, rest = codename.partition("_")
        content_type, _ = ContentType.objects.get_or_create(
            app_label=app, model=MODELS.get(codename, rest)
        )
        found, _ = Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {action} {rest.replace('_', ' ')}"},
        )
        return found

    # Wagtail's own two groups and its approval by moderators make way.
    WorkflowPage.objects.all().delete()
    Workflow.objects.update(active=False)
    Task.objects.update(active=False)
    Group.objects.filter(name__in=["Editors", "Moderators"]).delete()

    home = Page.objects.get(depth=2)
    files = Collection.objects.get(depth=1)
    for name, labels in GROUPS.items():
        group = Group.objects.create(name=name)
        group.permissions.set([permission(label) for label in labels])
        if name not in PUBLISHING_GROUPS:
            continue
        for codename in PAGE_PERMISSIONS:
            GroupPagePermission.objects.create(
                group=group, page=home, permission=permission(f"wagtailcore.{codename}")
            )
        for label in FILE_PERMISSIONS:
            GroupCollectionPermission.objects.create(
                group=group, collection=files, permission=permission(label)
            )


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0002_first_pages"),
        ("consultations", "0001_initial"),
        ("core", "0001_initial"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(create_groups, remove_groups)]
