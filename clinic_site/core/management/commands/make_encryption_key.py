import base64
import secrets

from django.core.management.base import BaseCommand
from django.utils import timezone


class Command(BaseCommand):
    help = "Prints a new key for ENCRYPTION_KEYS. Put it first; keep the older ones."
    requires_system_checks = []

    def handle(self, **options: object) -> None:
        name = f"{timezone.localdate():%Y-%m-%d}-{secrets.token_hex(2)}"
        key = base64.b64encode(secrets.token_bytes(32)).decode()
        self.stdout.write(f"{name}:{key}")
