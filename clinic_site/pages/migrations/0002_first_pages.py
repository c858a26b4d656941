from django.db import migrations

# Wagtail's own first migration puts a page of its own at this place in the tree.
HOME_PATH = "00010001"


def create_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")

    Page.objects.filter(depth=2).delete()
    Site.objects.all().delete()

    def create(app, name, *, path, slug, title, url_path, in_menu, **fields):
        content_type, _ = ContentType.objects.get_or_create(
            app_label=app, model=name.lower()
        )
        return apps.get_model(app, name).objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=content_type,
            locale=Locale.objects.get(),
            path=path,
            depth=len(path) // 4,
            url_path=url_path,
            show_in_menus=in_menu,
            **fields,
        )

    home = create(
        "pages",
        "HomePage",
        path=HOME_PATH,
        slug="home",
        title="Home",
        url_path="/home/",
        in_menu=False,
        numchild=2,
    )
    create(
        "articles",
        "AnswersIndexPage",
        path=HOME_PATH + "0001",
        slug="answers",
        title="Answers",
        url_path="/home/answers/",
        in_menu=True,
        numchild=0,
    )
    create(
        "articles",
        "TopicsIndexPage",
        path=HOME_PATH + "0002",
        slug="topics",
        title="Topics",
        url_path="/home/topics/",
        in_menu=True,
        numchild=0,
    )
    Page.objects.filter(depth=1).update(numchild=1)
    Site.objects.create(
        hostname="localhost", root_page_id=home.pk, is_default_site=True
    )


def remove_pages(apps, schema_editor):
    apps.get_model("wagtailcore", "Page").objects.filter(depth__gte=2).delete()


class Migration(migrations.Migration):
    """A site that answers from the first day: home, answers, topics."""

    dependencies = [
        ("pages", "0001_initial"),
        ("articles", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(create_pages, remove_pages)]
