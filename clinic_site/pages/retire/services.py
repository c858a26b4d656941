"""Taking pages off the site without leaving a visitor in front of nothing."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish_page import (
    UnpublishPageAction,
    UnpublishPagePermissionError,
)
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, Site

from clinic_site.core.models import BasePage, GoneAddress
from clinic_site.core.models.gone import address_of, redirects_at
from clinic_site.core.models.pages import ever_live
from clinic_site.users.models import User

ARCHIVED = "clinic.archive"
RESTORED = "clinic.restore"


class FrontPageStays(UnpublishPagePermissionError):
    """Everything hangs on the home page: one click would take the whole site away."""

    def __init__(self) -> None:
        super().__init__(
            "The home page stays: the whole site would go with it. To put another "
            "page in its place, ask the owner to choose that one under Settings, Sites."
        )


def is_front_page(page: Page) -> bool:
    return Site.objects.filter(root_page=page.pk).exists()


@transaction.atomic
def withdraw(
    *,
    page: Page,
    user: User | None,
    send_to: Page | None = None,
    include_descendants: bool = False,
) -> int:
    """Unpublish a page; its visitors go to `send_to`, or read that it is gone.

    Returns how many pages below it went with it: those the user may unpublish.
    Raises UnpublishPagePermissionError when not even the page itself is theirs.
    """
    _refuse_front_page(page)
    UnpublishPageAction(page, user=user).execute()
    _lead_visitors(page, send_to)
    below = 0
    for descendant in _live_below(page) if include_descendants else ():
        if user is None or descendant.permissions_for_user(user).can_unpublish():
            UnpublishPageAction(descendant, user=user).execute()
            _lead_visitors(descendant, send_to)
            below += 1
    return below


@transaction.atomic
def archive(*, page: Page, user: User | None, send_to: Page | None = None) -> None:
    """Put away a page and all below it that visitors have read.

    Raises UnpublishPagePermissionError, and changes nothing, when one of them is
    locked or not the user's to unpublish.
    """
    if user and not page.permissions_for_user(user).can_publish():
        raise UnpublishPagePermissionError("You may not archive this page.")
    _refuse_front_page(page)
    family = page.get_descendants(inclusive=True)
    for member in ever_live(family).specific():
        if member.live:
            UnpublishPageAction(member, user=user).execute()
        _cancel_what_would_publish(member, user)
        _lead_visitors(member, send_to)
        _set_archived(member, timezone.now())
        log(instance=member, action=ARCHIVED, user=user)


@transaction.atomic
def restore(*, page: BasePage, user: User | None) -> None:
    """Make an archived page a draft again; its address stays as it is until then."""
    _set_archived(page, None)
    log(instance=page, action=RESTORED, user=user)


def _refuse_front_page(page: Page) -> None:
    if is_front_page(page):
        raise FrontPageStays


def _live_below(page: Page) -> Iterator[Page]:
    return page.get_descendants().live().specific().iterator()


def _lead_visitors(page: Page, send_to: Page | None) -> None:
    """What was arranged at the address before makes way for this choice."""
    redirects_at(page).delete()
    GoneAddress.objects.record(page)
    if send_to and (parts := page.get_url_parts()):
        Redirect.objects.create(
            old_path=Redirect.normalise_path(address_of(page)),
            site_id=parts[0],
            redirect_page=send_to,
        )


def _cancel_what_would_publish(page: Page, user: User | None) -> None:
    page.revisions.update(approved_go_live_at=None)
    if state := page.current_workflow_state:
        state.cancel(user=user)


def _set_archived(page: BasePage, moment: timezone.datetime | None) -> None:
    page.archived_at = moment
    # Past save(): the rest of the row is no business of ours.
    type(page).objects.filter(pk=page.pk).update(archived_at=moment)
