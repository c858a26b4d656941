"""Gathers the slices' models for Django."""

from .bookings.models import FreeConsultation
from .online.models import OnlineConsultation, Photo
from .records.models import Consent, ConsentWording, Event, Note, Submission

__all__ = [
    "Consent",
    "ConsentWording",
    "Event",
    "FreeConsultation",
    "Note",
    "OnlineConsultation",
    "Photo",
    "Submission",
]
