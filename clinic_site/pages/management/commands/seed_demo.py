from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic_site.pages.demo import diary, seed, submissions


class Command(BaseCommand):
    help = "Fills an empty site with an invented clinic: pages, staff, submissions."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing on a site in use"
        )
        parser.add_argument(
            "--date",
            type=date.fromisoformat,
            default=timezone.localdate(),
            help="the demo's today, as YYYY-MM-DD",
        )

    def handle(self, *, if_empty: bool, date: date, **options) -> None:
        if found := seed.what_is_there():
            if if_empty:
                return
            raise CommandError(
                f"This site is in use ({', '.join(found)}). The demo goes into an "
                "empty one only, so that it never mixes with real data."
            )
        self.say("Drawing the pictures")
        drawn = seed.draw_pictures()
        passwords = seed.seed_site(drawn=drawn, say=self.say)
        self.stdout.write("\nStaff of the demo sign in at /admin/:\n")
        for username, password in passwords.items():
            self.stdout.write(f"  {username:<12} {password}")
        self.stdout.write("\nThese passwords are shown once and stored nowhere.\n\n")
        self.say("Sending a few consultations")
        diary.add(today=date)
        submissions.add(today=date, draw=drawn.__getitem__)

    def say(self, what: str) -> None:
        self.stdout.write(f"{what} ...")
        self.stdout.flush()
