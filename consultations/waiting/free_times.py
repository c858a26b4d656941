"""What looks free in one round of offers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from ..diary.availability import free_slots
from ..diary.models import AppointmentKind, Resource
from .models import WaitingEntry


class FreeTimes:
    """Read once for each kind that somebody waits for, however many they are.

    What turns out to be taken is crossed off, so that the next in turn does not ask
    for it again.
    """

    def __init__(self, entries: Iterable[WaitingEntry], *, held_for: timedelta) -> None:
        """`held_for`: no time that begins too soon after a hold of that length."""
        waiting = defaultdict(list)
        for entry in entries:
            waiting[entry.appointment_kind].append(entry)
        self.times = {
            kind.pk: free_times(kind, entries, held_for)
            for kind, entries in waiting.items()
        }

    def fitting(self, entry: WaitingEntry) -> Iterator[tuple[datetime, list[Resource]]]:
        """In order of time, without those that this person was offered before."""
        offered = {offer.starts_at for offer in entry.offers.all()}
        for starts_at, resources in list(self.times[entry.appointment_kind_id].items()):
            here = [
                resource
                for resource in resources
                if entry.clinic_id in (None, resource.clinic_id)
            ]
            if here and starts_at not in offered and entry.suits(starts_at):
                yield starts_at, here

    def cross_off(
        self, entry: WaitingEntry, starts_at: datetime, resources: list[Resource]
    ) -> None:
        left = self.times[entry.appointment_kind_id]
        left[starts_at] = [each for each in left[starts_at] if each not in resources]


def free_times(
    kind: AppointmentKind, entries: list[WaitingEntry], held_for: timedelta
) -> dict[datetime, list[Resource]]:
    earliest = timezone.now() + timedelta(hours=kind.lead_hours) + held_for
    slots = free_slots(
        kind=kind,
        first=min(entry.first_day for entry in entries),
        last=max(entry.last_day for entry in entries),
    )
    return {
        slot.starts_at: list(slot.resources)
        for slot in slots
        if slot.starts_at >= earliest
    }
