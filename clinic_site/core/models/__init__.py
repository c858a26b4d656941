from .gone import GoneAddress
from .images import ClinicImage, ClinicRendition
from .mails import MailCalendar
from .pages import BasePage
from .people import Clinic, Expert
from .settings import ClinicSettings
from .worker import Heartbeat

__all__ = [
    "BasePage",
    "Clinic",
    "ClinicImage",
    "ClinicRendition",
    "ClinicSettings",
    "Expert",
    "GoneAddress",
    "Heartbeat",
    "MailCalendar",
]
