"""Where a visitor is on the way to a time. All of it is in the address: no cookies."""

import re
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.models import Page, Site

from clinic_site.core.models import Clinic

from ..diary.models import AppointmentKind, Resource
from . import zones
from .models import LONDON, BookingDraft

# Lower case, as all our addresses are: a secret in one has capitals too.
SOURCE = re.compile(r"/(?:[a-z0-9_-]+/)*[a-z0-9_-]*", re.ASCII)
LONGEST_SOURCE = 200
NO_SOURCES = ("/admin/", "/appointment/", "/waiting-list/", "/diary-feed/", "/dev/")


class DayConverter:
    """A day in an address, like 2026-11-30."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


@dataclass(frozen=True)
class Way:
    """What was chosen so far: the kind, the clinic unless by phone, the time zone."""

    kind: AppointmentKind
    clinic: Clinic | None
    zone: str = LONDON
    source: str = ""

    @property
    def lacks_clinic(self) -> bool:
        return self.clinic is None and not self.kind.is_by_phone

    def start_url(self) -> str:
        return self.with_query(reverse("book"), zone="")

    def days_url(self, first: date | None = None) -> str:
        return self.with_query(reverse("choose_day", args=self.place()), first=first)

    def times_url(self, day: date) -> str:
        return self.with_query(reverse("choose_time", args=[*self.place(), day]))

    def waiting_url(self) -> str:
        return self.with_query(reverse("join_waiting_list", args=self.place()))

    def place(self) -> list[str]:
        return [self.kind.slug, *([self.clinic.slug] if self.clinic else [])]

    def with_query(self, path: str, **more) -> str:
        zone = "" if self.zone == LONDON else self.zone
        query = {"zone": zone, "from": self.source, **more}
        query = {name: value for name, value in query.items() if value}
        return f"{path}?{urlencode(query, safe='/')}" if query else path


def way_of(request: HttpRequest, kind: str, clinic: str) -> Way:
    """Raises Http404 for what visitors are not offered."""
    found = get_object_or_404(AppointmentKind.objects.offered(), slug=kind)
    if found.is_by_phone and clinic:
        raise Http404
    return Way(
        kind=found,
        clinic=open_clinic(clinic) if clinic else None,
        zone=zone_of(request, found),
        source=source_of(request),
    )


def open_clinic(slug: str) -> Clinic:
    return get_object_or_404(Clinic.objects.open_to_visitors(), slug=slug)


def zone_of(request: HttpRequest, kind: AppointmentKind, before: str = LONDON) -> str:
    """The one asked for; visits are in London, wherever people come from."""
    if not kind.is_by_phone:
        return LONDON
    asked = request.GET.get("zone")
    return before if asked is None else zones.chosen(asked)


def source_of(request: HttpRequest) -> str:
    """The path of the page of ours that led here, never its query; empty: unknown."""
    path = request.GET.get("from")
    if path is None:
        path = path_of_referrer(request)
    is_path = len(path) <= LONGEST_SOURCE and SOURCE.fullmatch(path)
    is_source = is_path and not path.startswith((reverse("book"), *NO_SOURCES))
    return path if is_source else ""


def page_at(request: HttpRequest, path: str) -> str:
    """The path if a live page has it: numbers that stay hold no other words."""
    site = Site.find_for_request(request)
    if not path or site is None:
        return ""
    url_path = f"{site.root_page.url_path}{path[1:].rstrip('/')}/".replace("//", "/")
    return path if Page.objects.live().filter(url_path=url_path).exists() else ""


def path_of_referrer(request: HttpRequest) -> str:
    try:
        page = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    return page.path if page.netloc == request.get_host() else ""


def first_steps(source: str) -> list[tuple[AppointmentKind, list[Way]]]:
    """What can be booked, and where: each kind that anybody has time for."""
    kinds = list(AppointmentKind.objects.offered())
    taken_on = set(
        Resource.objects.filter(is_active=True, clinic__is_open=True, kinds__in=kinds)
        .order_by()
        .values_list("kinds", "clinic")
    )
    clinics = list(Clinic.objects.open_to_visitors())
    steps = []
    for kind in kinds:
        here = [each for each in clinics if (kind.pk, each.pk) in taken_on]
        if here:
            places = [None] if kind.is_by_phone else here
            steps.append((kind, [Way(kind, each, source=source) for each in places]))
    return steps


@dataclass(frozen=True)
class DraftWay(Way):
    """To another time for what was begun: on one page, which the token opens."""

    token: str = ""

    def days_url(self, first: date | None = None) -> str:
        return self.page_url(first=first)

    def times_url(self, day: date) -> str:
        return self.page_url(day=day)

    def page_url(self, **more) -> str:
        clinic = self.clinic.slug if self.clinic else ""
        zone = self.zone if self.kind.is_by_phone else ""
        path = reverse("booking_time", args=[self.token])
        return self.with_query(path, zone=zone, clinic=clinic, **more)

    def others(self) -> list["DraftWay"]:
        """To the same at each other clinic that takes it."""
        steps = dict(first_steps(self.source))
        clinics = [way.clinic for way in steps.get(self.kind, [])]
        return [
            replace(self, clinic=clinic) for clinic in clinics if clinic != self.clinic
        ]


def way_of_draft(request: HttpRequest, draft: BookingDraft, token: str) -> DraftWay:
    kind, clinic = draft.appointment_kind, request.GET.get("clinic")
    return DraftWay(
        kind=kind,
        clinic=open_clinic(clinic) if clinic and draft.clinic else draft.clinic,
        zone=zone_of(request, kind, draft.zone),
        token=token,
    )
