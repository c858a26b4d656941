from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.cache import cache
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from .. import frame
from .images import ClinicImage


@register_setting(icon="cog")
class ClinicSettings(BaseSiteSetting):
    """Words and facts of this clinic that appear all over the site."""

    select_related = ["sharing_picture", "privacy_page"]

    clinic_name = models.CharField(max_length=80, default="Hair clinic")
    discreet_name = models.CharField(
        "name in mails and calendars",
        max_length=40,
        blank=True,
        help_text=(
            "What a shared mailbox or calendar may show, like “Larkfield”. "
            "Empty: “The clinic”."
        ),
    )
    tagline = models.CharField(max_length=160, blank=True)
    phone = PhoneNumberField(blank=True, help_text="The number in every header.")
    phone_hours = models.CharField(
        max_length=120, blank=True, help_text="When somebody answers it."
    )
    email = models.EmailField(blank=True, help_text="Shown to visitors.")
    notify_bookings = models.EmailField(
        "tell about free consultations",
        blank=True,
        help_text="Who gets a mail, with a link only, when someone asks to come.",
    )
    notify_online = models.EmailField(
        "tell about online consultations",
        blank=True,
        help_text="Who gets a mail, with a link only, when answers and photos arrive.",
    )
    booking_label = models.CharField(max_length=40, default="Book a free consultation")
    booking_short_label = models.CharField(
        max_length=24,
        default="Free consultation",
        help_text="For the bar on top of narrow screens.",
    )
    booking_promise = models.CharField(
        max_length=200,
        default="At one of our clinics or by phone. No charge, no obligation.",
    )
    online_label = models.CharField(
        max_length=40, default="Start an online consultation"
    )
    online_short_label = models.CharField(max_length=24, default="Online consultation")
    online_promise = models.CharField(
        max_length=200,
        default="From anywhere: tell us what is happening and add photos.",
    )
    booking_reply_time = models.CharField(
        max_length=80, default="within one working day"
    )
    online_reply_time = models.CharField(
        max_length=80, default="within two working days"
    )
    disclaimer = models.TextField(
        blank=True,
        default=(
            "General information, not a diagnosis. It does not replace the advice "
            "of a professional who has seen you."
        ),
    )
    show_overdue_reviews = models.BooleanField(
        default=False,
        help_text="Tell readers when an answer should have been reviewed again.",
    )
    registration = models.TextField(
        "company and registrations",
        blank=True,
        help_text="Company number, registered office, regulators. In the footer.",
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The privacy notice that forms link to.",
    )
    sharing_picture = models.ForeignKey(
        ClinicImage,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Goes with links to pages that have no picture of their own.",
    )
    facebook = models.URLField(blank=True)
    instagram = models.URLField(blank=True)
    youtube = models.URLField("YouTube", blank=True)
    linkedin = models.URLField("LinkedIn", blank=True)

    panels = [
        FieldRowPanel([FieldPanel("clinic_name"), FieldPanel("discreet_name")]),
        FieldPanel("tagline"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_hours")]),
                FieldPanel("email"),
            ],
            "How visitors reach you",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("booking_label"), FieldPanel("booking_short_label")]
                ),
                FieldPanel("booking_promise"),
                FieldPanel("booking_reply_time"),
                FieldRowPanel(
                    [FieldPanel("online_label"), FieldPanel("online_short_label")]
                ),
                FieldPanel("online_promise"),
                FieldPanel("online_reply_time"),
            ],
            "The two actions",
        ),
        MultiFieldPanel(
            [FieldPanel("notify_bookings"), FieldPanel("notify_online")],
            "Who is told",
        ),
        FieldPanel("disclaimer"),
        FieldPanel("show_overdue_reviews"),
        FieldPanel("registration"),
        FieldPanel("privacy_page"),
        FieldPanel("sharing_picture"),
        MultiFieldPanel(
            [
                FieldPanel("facebook"),
                FieldPanel("instagram"),
                FieldPanel("youtube"),
                FieldPanel("linkedin"),
            ],
            "Social links",
        ),
    ]

    class Meta:
        verbose_name = "clinic settings"

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        frame.forget()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        result = super().delete(*args, **kwargs)
        frame.forget()
        return result

    @classmethod
    def of_default_site(cls) -> "ClinicSettings":
        """For mails, which belong to no request. Remembered as the frame is."""
        found = cache.get(frame.MAIL_KEY)
        if found is None:
            found = cls.objects.filter(site__is_default_site=True).first()
            found = found or cls.for_site(Site.objects.get(is_default_site=True))
            cache.set(frame.MAIL_KEY, found, frame.SECONDS)
        return found

    @property
    def name_in_mails(self) -> str:
        return self.discreet_name or "The clinic"

    def sender(self) -> Address:
        """Whom mails to people outside come from: a name that tells nothing."""
        address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return Address(self.name_in_mails, addr_spec=address)

    def social_links(self) -> list[tuple[str, str]]:
        names = ("facebook", "instagram", "youtube", "linkedin")
        labels = ("Facebook", "Instagram", "YouTube", "LinkedIn")
        return [
            (label, getattr(self, name))
            for name, label in zip(names, labels, strict=True)
            if getattr(self, name)
        ]
