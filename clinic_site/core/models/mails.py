from django.db import models
from post_office.models import Email


class MailCalendar(models.Model):
    """The calendar entry that goes with a queued mail.

    post_office would store it as a file beside the pictures; here it leaves with
    the mail.
    """

    email = models.OneToOneField(
        Email, on_delete=models.CASCADE, related_name="calendar"
    )
    method = models.CharField(max_length=10, help_text="REQUEST or CANCEL.")
    content = models.TextField()

    class Meta:
        default_permissions = []

    def __str__(self) -> str:
        return f"{self.method} {self.email_id}"
