"""What every submission carries. None of it may reach Wagtail's own records.

`str()` of each model is a reference: Wagtail and Django write it into logs. The
reference index, which copies what points where, leaves these models out.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Replace
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from clinic_site.core.encryption import EncryptedTextField

SAME_CONTENTS_WITHIN = timedelta(hours=1)


class ConsentWordingQuerySet(models.QuerySet):
    def current(self, *keys: str) -> "dict[str, ConsentWording]":
        """The newest version of each wording, by key."""
        versions = self.filter(key__in=keys).order_by("version")
        return {wording.key: wording for wording in versions}


class ConsentWording(models.Model):
    """One version of a sentence that visitors agree to. It is never edited.

    A new version is a new row, so that each consent shows what was agreed to.
    """

    class Key(models.TextChoices):
        BOOKING_CONTACT = "booking-contact", "Free consultation: being contacted"
        BOOKING_NOTE = "booking-note", "Free consultation: keeping the note"
        WAITING_CONTACT = "waiting-contact", "Waiting list: being contacted"
        ONLINE_HEALTH = "online-health", "Online consultation: health data"
        ONLINE_PHOTOS = "online-photos", "Online consultation: photos"

    key = models.CharField(max_length=20, choices=Key)
    version = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField(
        max_length=600,
        help_text="Saving makes a new version, which forms show from then on.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ConsentWordingQuerySet.as_manager()

    panels = [FieldPanel("key"), FieldPanel("text")]
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["key", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "version"], name="one_wording_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def save(self, *args, **kwargs) -> None:
        if self.version is None:
            versions = ConsentWording.objects.filter(key=self.key)
            newest = versions.aggregate(models.Max("version"))["version__max"]
            self.version = (newest or 0) + 1
        super().save(*args, **kwargs)


class SubmissionQuerySet(models.QuerySet):
    def open(self) -> "SubmissionQuerySet":
        """What staff still have to deal with."""
        return self.filter(
            status__in=[Submission.Status.NEW, Submission.Status.IN_PROGRESS]
        )

    def older_than(self, age: timedelta) -> "SubmissionQuerySet":
        return self.filter(created_at__lt=timezone.now() - age)

    def sent_before(self, submit_key: uuid.UUID, mark: str) -> "SubmissionQuerySet":
        """What has the form's key first, then the same contents sent just now.

        What was cancelled or dealt with since is no repeat: people book again.
        """
        just_now = timezone.now() - SAME_CONTENTS_WITHIN
        same_key = models.Q(submit_key=submit_key)
        same_contents = models.Q(
            fingerprint=mark,
            created_at__gt=just_now,
            status__in=[Submission.Status.NEW, Submission.Status.IN_PROGRESS],
        )
        return self.filter(same_key | same_contents).order_by(
            models.Case(models.When(same_key, then=0), default=1)
        )

    def over(self, age: timedelta) -> "SubmissionQuerySet":
        """Dealt with, and older than `age`."""
        return self.older_than(age).exclude(
            status__in=[Submission.Status.NEW, Submission.Status.IN_PROGRESS]
        )

    def matching(self, typed: str) -> "SubmissionQuerySet":
        """By part of the name, email, telephone number or reference."""
        found = models.Q(name__icontains=typed) | models.Q(email__icontains=typed)
        # 020 7946 0958, +44 (0)20 7946 0958 and 442079460958 are one number.
        digits = "".join(filter(str.isdigit, typed.replace("(0)", ""))).lstrip("0")
        if len(digits) >= 4:
            found |= models.Q(phone__contains=digits)
        # FC-7K3M-9QXT, fc 7k3m 9qxt and 7K3M9QXT are one reference.
        letters = "".join(filter(str.isalnum, typed))
        if len(letters) >= 2:
            found |= models.Q(letters__icontains=letters)
        bare = Replace("reference", models.Value("-"), models.Value(""))
        return self.alias(letters=bare).filter(found)


class Submission(models.Model):
    """What a visitor sent, of whichever kind; the kinds are tables of their own."""

    class Kind(models.TextChoices):
        BOOKING = "booking", "Free consultation"
        ONLINE = "online", "Online consultation"
        WAITING = "waiting", "Waiting list"

    class Status(models.TextChoices):
        NEW = "new", "New"
        IN_PROGRESS = "in_progress", "In progress"
        DONE = "done", "Done"
        WITHDRAWN = "withdrawn", "Withdrawn by the person"
        SPAM = "spam", "Spam"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=Kind, editable=False)
    reference = models.CharField(max_length=16, unique=True, editable=False)
    # Drawn when the form is shown: the same form sent twice is one submission.
    submit_key = models.UUIDField(unique=True, editable=False)
    # Keyed hash of everything sent, to tell a repeat from a changed form.
    fingerprint = models.CharField(max_length=64, editable=False, db_index=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.NEW)
    name = models.CharField(max_length=120)
    email = models.EmailField()
    phone = models.CharField(
        max_length=40,
        blank=True,
        help_text="In E.164 form; as typed where it cannot be that.",
    )
    created_at = models.DateTimeField("received", default=timezone.now, editable=False)
    # Wrong surnames typed on the pages that its links open.
    link_failures = models.PositiveSmallIntegerField(default=0, editable=False)

    objects = SubmissionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-created_at"]
        default_permissions = ["view"]
        permissions = [
            ("view_health_data", "Can see answers, photos and clinical notes"),
        ]
        indexes = [
            models.Index(fields=["status", "-created_at"], name="submission_inbox")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["new", "in_progress", "done", "withdrawn", "spam"]
                ),
                name="submission_status_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Consent(models.Model):
    """That this wording was agreed to with this submission."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="consents"
    )
    wording = models.ForeignKey(ConsentWording, on_delete=models.PROTECT)
    given_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "wording"], name="consent_once_per_wording"
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.wording_id}"


class Event(models.Model):
    """Something that was done with a submission, and by whom. Only ever added."""

    class Action(models.TextChoices):
        RECEIVED = "received", "Received"
        STATUS_CHANGED = "status_changed", "Status changed"
        NOTE_ADDED = "note_added", "Note added"
        ANSWERS_VIEWED = "answers_viewed", "Answers or notes viewed"
        PHOTO_VIEWED = "photo_viewed", "Photo viewed"
        MOVED = "moved", "Moved"
        STATE_CHANGED = "state_changed", "Booking changed"
        EXTRA_LANE = "extra_lane", "Booked beside a full diary"
        MAIL_QUEUED = "mail_queued", "Mail queued"
        LINK_FROZEN = "link_frozen", "Link closed after wrong surnames"
        LINK_REOPENED = "link_reopened", "Link opened again"

    LOOKS = (Action.ANSWERS_VIEWED, Action.PHOTO_VIEWED)

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="events"
    )
    action = models.CharField(max_length=16, choices=Action)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty: the visitor.",
    )
    # A status or the number of a photo; never anything a person wrote.
    detail = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["actor", "-at"], name="event_by_actor")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.action}"


class Note(models.Model):
    """What a member of staff wrote down about a submission."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text = EncryptedTextField()
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["created_at"]
        default_permissions = []

    def __str__(self) -> str:
        return str(self.pk)
