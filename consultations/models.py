"""Gathers the slices' models for Django."""

from .bookings.models import BookingDraft, BookingFigure, FreeConsultation, Reminder
from .diary.models import AppointmentKind, Claim, Reservation, Resource
from .diary.opening import BankHoliday, DiaryException, OpeningTime
from .online.models import OnlineConsultation, Photo
from .records.links import AccessLink
from .records.models import Consent, ConsentWording, Event, Note, Submission
from .staff.models import BookingExport, CalendarFeed
from .waiting.models import WaitingEntry, WaitingOffer

__all__ = [
    "AccessLink",
    "AppointmentKind",
    "BankHoliday",
    "BookingDraft",
    "BookingExport",
    "BookingFigure",
    "CalendarFeed",
    "Claim",
    "Consent",
    "ConsentWording",
    "DiaryException",
    "Event",
    "FreeConsultation",
    "Note",
    "OnlineConsultation",
    "OpeningTime",
    "Photo",
    "Reminder",
    "Reservation",
    "Resource",
    "Submission",
    "WaitingEntry",
    "WaitingOffer",
]
