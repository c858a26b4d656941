from django.core.management.base import BaseCommand, CommandError

from clinic_site.core.encryption.rotation import rotators


class Command(BaseCommand):
    help = (
        "Re-encrypt everything that is not under the newest key of ENCRYPTION_KEYS. "
        "May be stopped and run again at any time; when a run finds nothing under an "
        "old key, that key can leave the list (backups still need it)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="Only count what is under which key."
        )

    def handle(self, *, dry_run: bool, **options):
        unreadable = []
        for name, rotate in rotators():
            rotation = rotate(dry_run=dry_run)
            self.stdout.write(f"{name}: {rotation}")
            unreadable += rotation.unreadable
        if unreadable:
            raise CommandError(
                f"{len(unreadable)} could not be read, for their key is not listed or "
                "they were changed: " + ", ".join(unreadable[:20])
            )
