"""The one gate every answer passes before it is live, whichever way it goes there.

`AnswerPage.save` asks it when a row becomes live, so a copy, an alias, an import
and an API pass it too; `AnswerPage.publish` and the editor ask it earlier, to
refuse a schedule at once and in words.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from clinic_site.core.publishing import NotPublishable, Problem

from . import rules
from .sign_off import (
    NEEDS_SECOND_PERSON,
    PublishingOverride,
    SignOff,
    release_of,
)

if TYPE_CHECKING:
    from .models import AnswerPage

UNSIGNED = Problem(
    "No clinician has signed this exact text off. Submit it to the workflow; it is "
    "published when the sign-off is given."
)
SAME_PERSON = Problem(
    "The clinician who signed this off is the expert who answered. With strong or "
    "mixed evidence somebody else has to check it."
)
ALIAS = Problem("An answer has one address. Link to it instead of adding an alias.")


def check(page: "AnswerPage") -> SignOff | PublishingOverride:
    """What allows this text to be live. Raises NotPublishable."""
    found = rules.problems(page)
    found += _unfinished(page, but={problem.field for problem in found})
    release = release_of(page)
    if release is None:
        found.append(UNSIGNED)
    elif (
        isinstance(release, SignOff)
        and page.evidence in NEEDS_SECOND_PERSON
        and release.clinician_id == page.expert_id
    ):
        found.append(SAME_PERSON)
    if found:
        raise NotPublishable(found)
    return release


def _unfinished(page: "AnswerPage", *, but: set[str]) -> Iterator[Problem]:
    """What the model refuses. A draft is stored without asking it."""
    try:
        page.full_clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            if name == NON_FIELD_ERRORS:
                yield from map(Problem, messages)
            elif name not in but:
                label = str(page._meta.get_field(name).verbose_name).capitalize()
                yield Problem(f"{label}: {' '.join(messages)}", name)


def becomes_live(page: "AnswerPage", update_fields: list[str] | None) -> bool:
    """Whether this save would show visitors a text they do not see now."""
    if not page.live or (update_fields is not None and "live" not in update_fields):
        return False
    stored = type(page).objects.filter(pk=page.pk).values("live", "live_revision_id")
    before = stored.first() if page.pk else None
    return not before or before != {
        "live": True,
        "live_revision_id": page.live_revision_id,
    }


def refuse_alias(page: "AnswerPage") -> None:
    """Of a draft too: it would go live with its original, or keep that from it."""
    if page.alias_of_id:
        raise NotPublishable([ALIAS])


def let_through(page: "AnswerPage") -> None:
    """Note on the page what released its text. Raises NotPublishable."""
    release = check(page)
    before = page.sign_off_id
    page.sign_off = release if isinstance(release, SignOff) else None
    if page.sign_off and page.sign_off_id != before:
        page.review_due = page.sign_off.review_due
