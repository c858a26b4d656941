from django.conf import settings
from django.db import models
from phonenumber_field.modelfields import PhoneNumberField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from .. import frame
from .images import ClinicImage


class ClinicQuerySet(models.QuerySet):
    def open_to_visitors(self) -> "ClinicQuerySet":
        return self.filter(is_open=True)


class Clinic(index.Indexed, models.Model):
    """One of the places a visitor can come to."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(unique=True)
    address = models.TextField(help_text="One line each, without the postcode.")
    postcode = models.CharField(max_length=10)
    phone = PhoneNumberField(help_text="As a visitor would dial it.")
    opening_times = models.TextField(help_text="One line for each day or range.")
    pharmacy_register = models.CharField(
        max_length=80, blank=True, help_text="Register and number of the pharmacy."
    )
    directions = models.TextField(blank=True)
    picture = models.ForeignKey(
        ClinicImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_open = models.BooleanField(
        "open to visitors",
        default=True,
        help_text="A clinic that is not open is not offered in forms or shown.",
    )
    sort_order = models.PositiveSmallIntegerField(default=0)

    objects = ClinicQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("postcode"),
                FieldPanel("phone"),
                FieldPanel("opening_times"),
                FieldPanel("directions"),
            ],
            "How to reach it",
        ),
        FieldPanel("pharmacy_register"),
        FieldPanel("picture"),
        FieldRowPanel([FieldPanel("is_open"), FieldPanel("sort_order")]),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        frame.forget()

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        result = super().delete(*args, **kwargs)
        frame.forget()
        return result

    def map_url(self) -> str:
        """Opens a map elsewhere; no map is loaded by our pages."""
        return "https://www.openstreetmap.org/search?query=" + self.postcode.replace(
            " ", "%20"
        )


class Expert(index.Indexed, models.Model):
    """Someone who answers or reviews, with the credentials that can be checked."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    post_nominals = models.CharField(
        "letters after the name", max_length=80, blank=True
    )
    role = models.CharField(max_length=120)
    register = models.CharField(
        max_length=120, blank=True, help_text="The body that keeps the register."
    )
    register_number = models.CharField(max_length=40, blank=True)
    biography = models.TextField(blank=True)
    picture = models.ForeignKey(
        ClinicImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="staff account",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="expert",
        help_text="Lets this person sign answers off under their own name.",
    )
    is_active = models.BooleanField(
        default=True,
        help_text="Someone who has left stays on old pages but signs no new ones.",
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("post_nominals")]),
        FieldPanel("slug"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("register"), FieldPanel("register_number")]),
        FieldPanel("biography"),
        FieldPanel("picture"),
        # Whoever sets it decides under whose name somebody signs answers off.
        FieldPanel("user", permission="users.change_user"),
        FieldPanel("is_active"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("is_active"),
    ]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(register="", register_number="")
                | (~models.Q(register="") & ~models.Q(register_number="")),
                name="register_and_number_together",
                violation_error_message=(
                    "Give both the register and the number on it, or neither."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.post_nominals}" if self.post_nominals else self.name
