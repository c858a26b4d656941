from django.db import models


class Heartbeat(models.Model):
    """When the background process last showed a sign of life, by job."""

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
