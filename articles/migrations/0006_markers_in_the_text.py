"""Turns typed numbers into source markers: [2] becomes the second source's marker.

In what is live and in every revision, so that drafts and history keep their sources.
A source that was listed but not numbered in the text is cited in a last paragraph.
Aliases of answers become pages of their own: an answer has one address now.
"""

import json
import re
import uuid

from django.db import migrations

TYPED = re.compile(r"\[(\d{1,2})\]")
# As it stands in JSON, where quotes are escaped.
MARKER = re.compile(r'<a id=\\"(\d+)\\" linktype=\\"source\\">')
RICH_TEXT = re.compile(r"\s*<(p|ul|ol|h\d)\b")
BETWEEN_TAGS = re.compile(r"(<[^>]*>)")


def name_of(source):
    first = source.authors.split(",")[0].split(" et al")[0].strip()
    words = [word for word in first.split() if not word.isupper()]
    name = " ".join(words) or source.container or source.title
    return f"{name[:30].strip()} {source.year or ''}".strip()


def convert(value, sources):
    """Numbers in every rich text; those without a source stay as they are."""
    if isinstance(value, list):
        return [convert(item, sources) for item in value]
    if isinstance(value, dict):
        return {name: convert(item, sources) for name, item in value.items()}
    if not isinstance(value, str) or not RICH_TEXT.match(value):
        return value

    def link(match):
        number = int(match[1])
        if not 1 <= number <= len(sources):
            return match[0]
        source = sources[number - 1]
        return f'<a id="{source.pk}" linktype="source">[{name_of(source)}]</a>'

    parts = BETWEEN_TAGS.split(value)
    parts[::2] = [TYPED.sub(link, part) for part in parts[::2]]
    return "".join(parts)


def with_the_rest(blocks, sources):
    """The text of a body as JSON, every source of the list cited in it."""
    text = json.dumps(blocks)
    cited = set(MARKER.findall(text))
    rest = [source for source in sources if str(source.pk) not in cited]
    if not rest:
        return text
    links = ", ".join(
        f'<a id="{source.pk}" linktype="source">[{name_of(source)}]</a>'
        for source in rest
    )
    more = {"type": "paragraph", "value": f"<p>Further sources: {links}</p>"}
    return json.dumps([*blocks, {**more, "id": str(uuid.uuid4())}])


def set_markers(apps, schema_editor):
    AnswerPage = apps.get_model("articles", "AnswerPage")
    AnswerPageSource = apps.get_model("articles", "AnswerPageSource")
    Citation = apps.get_model("articles", "Citation")
    Revision = apps.get_model("wagtailcore", "Revision")
    Source = apps.get_model("articles", "Source")
    by_pk = Source.objects.in_bulk()

    AnswerPage.objects.filter(alias_of__isnull=False).update(alias_of=None)
    for page in AnswerPage.objects.all():
        cited = AnswerPageSource.objects.filter(page=page).order_by("sort_order", "pk")
        sources = [by_pk[row.source_id] for row in cited]
        text = with_the_rest(convert(list(page.body.raw_data), sources), sources)
        page.body = text
        page.save(update_fields=["body"])
        for number, pk in enumerate(dict.fromkeys(MARKER.findall(text)), start=1):
            Citation.objects.create(page=page, source_id=int(pk), number=number)
        for revision in Revision.objects.filter(
            content_type__app_label="articles",
            content_type__model="answerpage",
            object_id=str(page.pk),
        ):
            listed = revision.content.get("cited", [])
            listed.sort(key=lambda row: row.get("sort_order") or 0)
            theirs = [by_pk[r["source"]] for r in listed if r.get("source") in by_pk]
            body = json.loads(revision.content.get("body") or "[]")
            revision.content["body"] = with_the_rest(convert(body, theirs), theirs)
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_blocks_of_answers")]

    operations = [migrations.RunPython(set_markers, migrations.RunPython.noop)]
