"""Notes which sources the live texts, newest drafts and scheduled ones rest on.

A source that is in trouble already counts as in trouble from now on: each live answer
that cites it is a task until it is signed off again.
"""

import json
import re

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

MARKER = re.compile(r'<a\b[^>]*\blinktype="source"[^>]*>')
MARKER_ID = re.compile(r'\bid="(\d{1,18})"')


def sources_in(value):
    """Ids in the markers of rich texts, and of the blocks that name a source."""
    if isinstance(value, list):
        for item in value:
            yield from sources_in(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name == "source" and isinstance(item, int):
                yield item
            yield from sources_in(item)
    elif isinstance(value, str):
        for found in map(MARKER_ID.search, MARKER.findall(value)):
            if found:
                yield int(found[1])


def note_uses(apps, schema_editor):
    AnswerPage = apps.get_model("articles", "AnswerPage")
    Citation = apps.get_model("articles", "Citation")
    Revision = apps.get_model("wagtailcore", "Revision")
    Source = apps.get_model("articles", "Source")
    SourceUse = apps.get_model("articles", "SourceUse")
    known = set(Source.objects.values_list("pk", flat=True))

    for page in AnswerPage.objects.defer("body", "changes").iterator():
        wanted = set()
        if page.live or not page.latest_revision_id:
            cited = Citation.objects.filter(page=page)
            wanted.update(cited.values_list("source_id", flat=True))
        for revision in Revision.objects.filter(
            Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False),
            content_type__app_label="articles",
            content_type__model="answerpage",
            object_id=str(page.pk),
        ):
            body = revision.content.get("body") or "[]"
            wanted.update(sources_in(json.loads(body)))
        SourceUse.objects.bulk_create(
            SourceUse(page=page, source_id=pk) for pk in wanted & known
        )
    Source.objects.exclude(status="ok").update(status_set_at=timezone.now())


def forget_uses(apps, schema_editor):
    apps.get_model("articles", "SourceUse").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0014_sources_are_kept"),
    ]

    operations = [migrations.RunPython(note_uses, forget_uses)]
