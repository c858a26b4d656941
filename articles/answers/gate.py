"""The one gate every answer passes before it is live, whichever way it goes there.

`AnswerPage.save` asks it when a row becomes live or its live text changes, so a
copy, an alias, an import and an API pass it too; `AnswerPage.publish` and the editor
ask it earlier, to refuse a schedule at once and in words.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from clinic_site.core.publishing import NotPublishable, Problem

from . import rules
from .sign_off import (
    NEEDS_SECOND_PERSON,
    SIGNED_FIELDS,
    PublishingOverride,
    SignOff,
    as_stored,
    content_hash,
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

# Without any of these, a save changes nothing that visitors see.
SHOWN = {"live", "body", "changes", *SIGNED_FIELDS}


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


def text_to_be_shown(
    page: "AnswerPage", update_fields: Iterable[str] | None
) -> "AnswerPage | None":
    """What visitors would see after this save and do not see now.

    Costs no query for a draft, nor where single fields are saved that say nothing.
    """
    saved = _columns(page, update_fields)
    if not (saved & SHOWN if update_fields is not None else page.live):
        return None
    stored = type(page).objects.filter(pk=page.pk).first() if page.pk else None
    after = page
    if stored and update_fields is not None:
        # The rest of what is at hand, perhaps a draft's text, stays unsaved.
        after = copy(stored)
        for name in saved:
            setattr(after, name, getattr(page, name))
    if not after.live or (stored and _shows_the_same(stored, after)):
        return None
    return after


def _columns(page: "AnswerPage", names: Iterable[str] | None) -> set[str]:
    """Of these fields. Wagtail names relations among them, which have no column."""
    wanted = set(names or ())
    return {
        field.attname
        for field in page._meta.concrete_fields
        if wanted & {field.name, field.attname}
    }


def _shows_the_same(before: "AnswerPage", after: "AnswerPage") -> bool:
    if (before.live, before.live_revision_id) != (True, after.live_revision_id):
        return False
    # As stored first: to load blocks asks the database for what they name.
    if as_stored(before) == as_stored(after):
        return True
    return content_hash(before) == content_hash(after)


def refuse_alias(page: "AnswerPage") -> None:
    """Of a draft too: it would go live with its original, or keep that from it."""
    if page.alias_of_id:
        raise NotPublishable([ALIAS])


def let_through(page: "AnswerPage", text: "AnswerPage") -> None:
    """Note on the page what released its text. Raises NotPublishable."""
    release = check(text)
    before = page.sign_off_id
    page.sign_off = release if isinstance(release, SignOff) else None
    if page.sign_off and page.sign_off_id != before:
        page.review_due = page.sign_off.review_due
