import signal
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand

from ...worker.loop import Worker


class Command(BaseCommand):
    help = (
        "Sends queued mail, runs queued tasks and the timetable. Run as many as"
        " you like: one works, the others stand by."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="One round, then end.")
        parser.add_argument(
            "--interval", type=float, default=1.0, help="Seconds between two rounds."
        )

    def handle(self, *, once: bool, interval: float, **options: object) -> None:
        worker = Worker(interval=interval)

        def stop(signum: int, frame: FrameType | None) -> None:
            worker.stop()
            # The second one ends the process at once; what it was doing is done
            # again by the next worker.
            signal.signal(signum, signal.SIG_DFL)

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if once:
            worker.take_turn()
            worker.stand_down()
        else:
            worker.run()
