"""How the demo turns its texts into pages."""

from datetime import UTC, date, datetime, time

from wagtail.models import Page

from clinic_site.core.models import ClinicImage

from .shapes import Body


def stream(
    body: Body,
    images: dict[str, ClinicImage],
    answers: dict[str, Page] | None = None,
) -> list[tuple[str, object]]:
    """The text's blocks as StreamField takes them."""
    blocks = []
    for kind, value in body:
        if kind == "heading":
            value = {"text": value, "level": "h2"}
        elif kind == "figure":
            image = ClinicImage.objects.get(pk=images[value["picture"]].pk)
            image.contextual_alt_text = value["alt"]
            image.decorative = False
            value = {"image": image, "caption": value["caption"]}
        elif kind == "related_answer":
            if value["page"] not in (answers or {}):
                continue  # not written yet; the page is saved again when it is
            value = {**value, "page": answers[value["page"]]}
        blocks.append((kind, value))
    return blocks


def publish(page: Page, at: date | None = None) -> Page:
    """Publish through a revision, as an editor would; `at` is the day shown."""
    page.save_revision().publish()
    if at:
        moment = datetime.combine(at, time(9), tzinfo=UTC)
        Page.objects.filter(pk=page.pk).update(
            first_published_at=moment, last_published_at=moment
        )
    page.refresh_from_db()
    return page
