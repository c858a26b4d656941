"""What goes live or ends at a time of its own.

Takes the place of Wagtail's command: there, one page that cannot go live keeps
all the others waiting.
"""

import logging
from collections.abc import Callable, Iterator

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, Page, Revision

from clinic_site.core import mail

# A log entry of the page; its `data` has the time and the reasons.
REFUSED = "articles.schedule_refused"

logger = logging.getLogger(__name__)


def publish_due() -> None:
    """Take down what has ended and publish what is due, each by itself."""
    for model in _scheduled_models():
        ended = model.objects.filter(live=True, expire_at__lt=timezone.now())
        for pk in list(ended.order_by("expire_at").values_list("pk", flat=True)):
            _apart(_take_down, model, pk)
    due = _due().order_by("approved_go_live_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        _apart(_publish, pk)


def _scheduled_models() -> Iterator[type[models.Model]]:
    """Page stands for all types of pages."""
    yield Page
    for model in apps.get_models():
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page):
            yield model


def _due() -> models.QuerySet[Revision]:
    return Revision.objects.filter(approved_go_live_at__lt=timezone.now())


def _apart(work: Callable[..., None], *args: object) -> None:
    try:
        work(*args)
    except Exception:
        # Stays due: the next round tries again.
        logger.exception("scheduled work failed")


@transaction.atomic
def _take_down(model: type[models.Model], pk: object) -> None:
    found = model.objects.select_for_update().filter(pk=pk, live=True).first()
    if found and found.expire_at and found.expire_at < timezone.now():
        found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


@transaction.atomic
def _publish(pk: int) -> None:
    revision = _due().select_for_update().filter(pk=pk).first()
    if revision is None:  # unscheduled meanwhile, or published with another one
        return
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        _refuse(revision, error)


def _refuse(revision: Revision, error: ValidationError) -> None:
    """Cancel the schedule, keep the reasons with the page, tell its owner."""
    was_due = revision.approved_go_live_at
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    found = revision.content_object
    log(
        instance=found,
        action=REFUSED,
        revision=revision,
        data={"go_live_at": was_due.isoformat(), "reasons": error.messages},
    )
    logger.warning("schedule refused", extra={"page": found.pk})
    if isinstance(found, Page):
        _tell_owner(found, revision)


def _tell_owner(page: Page, revision: Revision) -> None:
    path = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for address in mail.addresses_of([page.owner, revision.user]):
        mail.queue(
            "core/schedule_refused",
            to=[address],
            context={"url": settings.WAGTAILADMIN_BASE_URL + path},
        )
