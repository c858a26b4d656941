"""A clinician's word for one exact text, and the rare publishing without it."""

import hashlib
import json
import re
from datetime import date, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Revision
from wagtail.rich_text import RichText

from clinic_site.core import body
from clinic_site.core.models import Expert

# What a clinician confirms, each in full. Kept with the sign-off as it was agreed.
CHECKLIST = {
    "claims": "Every claim matches the source it cites.",
    "harms": "Harms and side effects are stated where benefits are.",
    "licence": "What is said about licences in the UK is right.",
    "promotion": "No prescription medicine is named or promoted.",
    "rating": "I agree with the evidence rating.",
}
# What a reader reads, here or in search results. A change to any of these needs a
# new sign-off; the address, topics and related answers do not.
SIGNED_FIELDS = (
    "title",
    "seo_title",
    "search_description",
    "question",
    "asker_name",
    "asker_place",
    "asked_on",
    "short_answer",
    "picture_id",
    "evidence",
    "evidence_note",
    "questions_to_ask",
    "expert_id",
)
EMPTY = (None, "", [], {})
ADDRESS = "anchor"  # of a section; no block has words of this name
NEEDS_SECOND_PERSON = ("strong", "mixed")
# The editor gives each paragraph one when it is first saved there. Only inside a
# tag of rich text: the same words typed into a text are words.
PARAGRAPH_ID = re.compile(r'(<[a-z][a-z0-9]*\b[^<>]*?) data-block-key="[^"<>]*"')


def content_hash(page: models.Model) -> str:
    """SHA-256 of the text a reader sees, the same for a draft and the live page."""
    list(page.changes)  # raw and loaded blocks are written out alike only when loaded
    rich_texts = {
        leaf.source for leaf in body.leaves(page.body) if isinstance(leaf, RichText)
    }
    bare = _bare(as_stored(page), rich_texts)
    text = json.dumps(bare, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def as_stored(page: models.Model) -> dict[str, object]:
    """What is signed. Loads no blocks that nobody has looked at."""
    content = {name: getattr(page, name) for name in SIGNED_FIELDS}
    content["body"] = page.body.get_prep_value()
    content["changes"] = page.changes.get_prep_value()
    return content


def _bare(value: object, rich_texts: set[str]) -> object:
    """Without what says nothing: ids of blocks and paragraphs, sections' addresses,
    browsers' line ends, and fields left empty, which the editor's form fills in
    another way than a script.
    """
    if isinstance(value, list):
        return [_bare(item, rich_texts) for item in value]
    if isinstance(value, dict):
        is_block = "type" in value and "value" in value
        return {
            name: _bare(item, rich_texts)
            for name, item in value.items()
            if item not in EMPTY and not (is_block and name == "id") and name != ADDRESS
        }
    if isinstance(value, str):
        if value in rich_texts:
            value = PARAGRAPH_ID.sub(r"\1", value)
        return value.replace("\r\n", "\n")
    return value


class Release(models.Model):
    """What allows one exact text of a page to be live."""

    page = models.ForeignKey(
        "articles.AnswerPage", on_delete=models.PROTECT, related_name="%(class)s_set"
    )
    # PROTECT keeps Wagtail's purge_revisions from removing it.
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    content_hash = models.CharField(max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]

    def covers(self, page: models.Model) -> bool:
        """Whether a text is the one that was released.

        The revision is asked as well: after a change of the blocks' definition
        both are written out in the new way, and only the stored hash is old.
        """
        found = content_hash(page)
        if found == self.content_hash:
            return True
        # Autosave writes over a revision in place; that one tells nothing any more.
        is_untouched = self.revision.created_at <= self.created_at
        return is_untouched and found == content_hash(self.revision.as_object())


class SignOff(Release):
    """A clinician has checked this text and stands for it."""

    clinician = models.ForeignKey(
        Expert, on_delete=models.PROTECT, related_name="sign_offs"
    )
    checklist = models.JSONField(help_text="The statements agreed to, in full.")
    what_was_checked = models.CharField(max_length=200)
    comment = models.TextField(blank=True)
    review_due = models.DateField("to be reviewed again by")

    class Meta(Release.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(checklist=[]), name="sign_off_has_a_checklist"
            )
        ]

    def __str__(self) -> str:
        return f"{self.clinician}, {timezone.localtime(self.created_at):%d %B %Y}"

    @property
    def signed_on(self) -> date:
        return timezone.localtime(self.created_at).date()


class PublishingOverride(Release):
    """A superuser published this text without a sign-off, and said why."""

    reason = models.TextField()

    class Meta(Release.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="override_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.created_at):%d %B %Y}: {self.reason}"


def must_stay_as_it_is(revision: Revision) -> bool:
    """Whether somebody was asked about this revision, or stands for it."""
    releases = (model.objects for model in (SignOff, PublishingOverride))
    return revision.task_states.exists() or any(
        found.filter(revision=revision).exists() for found in releases
    )


def bound_to_go_live() -> list[int]:
    """Ids of pages with a text that is signed or scheduled, and is not live.

    Also of those that were retired: their sign-off holds when they come back.
    """
    is_not_live = models.Q(page__live=False) | models.Q(
        created_at__gt=models.F("page__last_published_at")
    )
    signed = SignOff.objects.filter(is_not_live).order_by()
    scheduled = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    return [
        *signed.values_list("page", flat=True).distinct(),
        *map(int, scheduled.values_list("object_id", flat=True)),
    ]


def who_may_not_sign(page: models.Model, clinician: Expert | None) -> str:
    """Why this clinician cannot sign this text off; empty when they can."""
    if clinician is None:
        return (
            "Your account is not linked to an expert. Ask the owner to choose your "
            "account on your page under Clinic, Experts."
        )
    if not clinician.is_active:
        return "You are recorded as no longer active, so you cannot sign answers off."
    if page.evidence in NEEDS_SECOND_PERSON and clinician.pk == page.expert_id:
        return (
            "You answered this question yourself. With strong or mixed evidence "
            "somebody else has to check it."
        )
    return ""


@transaction.atomic
def record_sign_off(
    *,
    revision: Revision,
    clinician: Expert,
    what_was_checked: str,
    review_due: date,
    user: models.Model | None = None,
    comment: str = "",
    created_at: datetime | None = None,
) -> SignOff:
    """Bind a clinician's word to the text of a revision.

    Raises ValidationError when this clinician cannot sign this text.
    """
    page = revision.as_object()
    if reason := who_may_not_sign(page, clinician):
        raise ValidationError(reason)
    return SignOff.objects.create(
        page=page,
        revision=revision,
        content_hash=content_hash(page),
        user=user,
        clinician=clinician,
        checklist=list(CHECKLIST.values()),
        what_was_checked=what_was_checked,
        comment=comment,
        review_due=review_due,
        created_at=created_at or timezone.now(),
    )


def record_override(
    *, revision: Revision, user: models.Model, reason: str
) -> PublishingOverride:
    page = revision.as_object()
    return PublishingOverride.objects.create(
        page=page,
        revision=revision,
        content_hash=content_hash(page),
        user=user,
        reason=reason,
    )


def release_of(page: models.Model) -> SignOff | PublishingOverride | None:
    """The newest sign-off or override of a page, if it is for just this text."""
    newest = None
    for model in (SignOff, PublishingOverride):
        last = model.objects.filter(page=page.pk).first()
        if last and (newest is None or last.created_at > newest.created_at):
            newest = last
    return newest if newest and newest.covers(page) else None
