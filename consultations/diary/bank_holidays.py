"""The public holidays of England, years ahead, from a library that follows the law."""

from datetime import timedelta

import holidays

from clinic_site.core.worker.timetable import register

from .clock import today
from .opening import BankHoliday

YEARS_AHEAD = 2


@register("load bank holidays", every=timedelta(days=1))
def load_bank_holidays() -> None:
    """Add those that are missing. What staff changed stays.

    A holiday that was moved by law is added on its new day; staff untick the old.
    """
    this_year = today().year
    known = set(BankHoliday.objects.values_list("date", flat=True))
    found = holidays.country_holidays(
        "GB", subdiv="ENG", years=range(this_year, this_year + YEARS_AHEAD + 1)
    )
    BankHoliday.objects.bulk_create(
        [
            BankHoliday(date=day, name=name[:80])
            for day, name in sorted(found.items())
            if day not in known
        ],
        ignore_conflicts=True,
    )
