"""Who writes, checks, signs off and publishes; and the way an answer goes.

README has the table for people. Until now Editors published; from now on an answer
is published by a clinician's sign-off, other pages by Publishers and Managers.
"""

from django.db import migrations

WRITING = [
    "wagtailadmin.access_admin",
    "articles.view_source",
    "articles.add_source",
    "core.view_expert",
    "core.view_clinic",
]
EDITING = [
    *WRITING,
    "articles.change_source",
    "core.add_expert",
    "core.change_expert",
    "wagtailredirects.add_redirect",
    "wagtailredirects.change_redirect",
]
GROUPS = {
    "Contributors": WRITING,
    "Clinical reviewers": [*WRITING, "articles.change_source"],
    "Publishers": [*EDITING, "wagtailredirects.delete_redirect"],
}
# On which page, and what. A Contributor changes only pages of their own.
PAGE_PERMISSIONS = {
    "Contributors": ("answers", ["add_page"]),
    "Clinical reviewers": ("answers", ["change_page"]),
    "Publishers": (
        "home",
        ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
    ),
}
FILE_PERMISSIONS = {
    "Contributors": ["wagtailimages.add_image", "wagtailimages.choose_image"],
    "Clinical reviewers": ["wagtailimages.choose_image"],
    "Publishers": [
        "wagtailimages.add_image",
        "wagtailimages.change_image",
        "wagtailimages.choose_image",
        "wagtaildocs.add_document",
        "wagtaildocs.change_document",
        "wagtaildocs.choose_document",
    ],
}
WORKFLOW = "Check and sign-off"
EDITORS_CHECK = "Editor’s check"
SIGN_OFF = "Clinician’s sign-off"


def permission(apps, label):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    app, codename = label.split(".")
    action, _, rest = codename.partition("_")
    model = "admin" if codename == "access_admin" else rest
    content_type, _ = ContentType.objects.get_or_create(app_label=app, model=model)
    found, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {action} {rest.replace('_', ' ')}"},
    )
    return found


def create_groups(apps, schema_editor):
    Collection = apps.get_model("wagtailcore", "Collection")
    Group = apps.get_model("auth", "Group")
    GroupCollectionPermission = apps.get_model(
        "wagtailcore", "GroupCollectionPermission"
    )
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    Page = apps.get_model("wagtailcore", "Page")
    AnswersIndexPage = apps.get_model("articles", "AnswersIndexPage")

    pages = {
        "home": Page.objects.get(depth=2),
        "answers": Page.objects.get(pk=AnswersIndexPage.objects.get().pk),
    }
    files = Collection.objects.get(depth=1)
    for name, labels in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*[permission(apps, label) for label in labels])
        place, codenames = PAGE_PERMISSIONS[name]
        for codename in codenames:
            GroupPagePermission.objects.get_or_create(
                group=group,
                page=pages[place],
                permission=permission(apps, f"wagtailcore.{codename}"),
            )
        for label in FILE_PERMISSIONS[name]:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=files, permission=permission(apps, label)
            )
    GroupPagePermission.objects.filter(
        group__name="Editors", permission__codename="publish_page"
    ).delete()


def remove_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    # A group with people in it is the owner's by now.
    Group.objects.filter(name__in=GROUPS, user=None).delete()
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    home = apps.get_model("wagtailcore", "Page").objects.get(depth=2)
    for editors in Group.objects.filter(name="Editors"):
        GroupPagePermission.objects.get_or_create(
            group=editors,
            page=home,
            permission=permission(apps, "wagtailcore.publish_page"),
        )


def create_workflow(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Group = apps.get_model("auth", "Group")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    SignOffTask = apps.get_model("articles", "SignOffTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    index = apps.get_model("articles", "AnswersIndexPage").objects.get()

    def task(model, name, groups):
        content_type, _ = ContentType.objects.get_or_create(
            app_label=model._meta.app_label, model=model._meta.model_name
        )
        made = model.objects.create(name=name, content_type=content_type, active=True)
        made.groups.set(Group.objects.filter(name__in=groups))
        return made

    workflow = Workflow.objects.create(name=WORKFLOW, active=True)
    tasks = [
        task(GroupApprovalTask, EDITORS_CHECK, ["Editors", "Publishers", "Managers"]),
        task(SignOffTask, SIGN_OFF, ["Clinical reviewers"]),
    ]
    for place, step in enumerate(tasks):
        WorkflowTask.objects.create(
            workflow=workflow, task_id=step.task_ptr_id, sort_order=place
        )
    WorkflowPage.objects.create(workflow=workflow, page_id=index.pk)


def remove_workflow(apps, schema_editor):
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(
        workflow__name=WORKFLOW
    ).delete()
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    Task = apps.get_model("wagtailcore", "Task")
    Task.objects.filter(name__in=[EDITORS_CHECK, SIGN_OFF]).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0004_archived_pages"),
        ("articles", "0009_sign_off_task"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(create_groups, remove_groups),
        migrations.RunPython(create_workflow, remove_workflow),
    ]
