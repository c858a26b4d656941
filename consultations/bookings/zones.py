"""Time zones, for people who are phoned wherever they are."""

from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

from . import times
from .models import LONDON

Choices = list[tuple[str, list[tuple[str, str]]]]


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Also the old names that some browsers still give."""
    return frozenset(
        name for name in available_timezones() if "/" in name or name == "UTC"
    )


def chosen(name: str) -> str:
    """London for anything that is no time zone."""
    return name if name in known() else LONDON


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """In which country each zone under its present name lies, as ISO has it."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text()
    lines = (line.split("\t") for line in table.splitlines() if line[:1] != "#")
    return {line[2]: line[0] for line in lines}


def country_of(zone: str) -> str:
    """From where somebody dials who reads this clock; Britain where nobody knows."""
    return countries().get(zone, "GB")


@lru_cache(maxsize=1)
def by_region() -> Choices:
    """Each zone under its present name, as the list of all countries has it."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(countries().keys() & known()):
        region, _, rest = name.partition("/")
        label = ", ".join(rest.replace("_", " ").split("/"))
        regions.setdefault(region, []).append((name, label))
    return sorted(regions.items())


def choices(zone: str) -> Choices:
    """For a list that has this one chosen, be it under an old name."""
    is_listed = any(name == zone for _, names in by_region() for name, _ in names)
    return (
        by_region()
        if is_listed
        else [("Chosen", [(zone, times.city(zone))]), *by_region()]
    )


def there(moment: datetime, zone: str) -> str:
    """The clock where somebody is, with the day where it is another one there.

    Empty in London. Text, because templates would turn the time back into London's.
    """
    if zone == LONDON:
        return ""
    local = moment.astimezone(ZoneInfo(zone))
    text = times.clock(local)
    if local.date() != timezone.localdate(moment):
        text += f" on {local:%A} {local.day} {local:%B}"
    return f"{text} in {times.city(zone)}"
