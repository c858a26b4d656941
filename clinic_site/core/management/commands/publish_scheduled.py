from wagtail.management.commands import publish_scheduled

from clinic_site.core.worker import schedule


class Command(publish_scheduled.Command):
    """Wagtail's, but one page that cannot go live does not stop the others."""

    def handle(self, *args, **options) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
        else:
            schedule.publish_due()
