"""Joining the waiting list."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from ..bookings.way import page_at, way_of
from ..records.views import SUBMISSIONS, send
from . import services
from .forms import WaitingListForm
from .models import WaitingEntry

TOO_MANY_WISHES = (
    "This email address is on the waiting list for this already. To change a wish, "
    "leave the list by the link in our email, and join again."
)


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def join_waiting_list(
    request: HttpRequest, kind: str, clinic: str = ""
) -> HttpResponse:
    way = way_of(request, kind, clinic)
    form = WaitingListForm(
        request.POST if request.method == "POST" else None,
        kind=way.kind,
        clinic=way.clinic,
        zone=way.zone,
    )

    def store() -> WaitingEntry:
        return services.join(
            kind=way.kind,
            zone=way.zone,
            source_path=page_at(request, way.source),
            check_limit=partial(SUBMISSIONS.check, request),
            **form.submission(),
        )

    template = "consultations/waiting/join.html"
    try:
        return send(
            request,
            form=form,
            store=store,
            template=template,
            received="waiting_list_joined",
        )
    except services.TooManyWishes:
        form.add_error(None, TOO_MANY_WISHES)
        return render(request, template, {"form": form}, status=409)


@cache_control(private=True, no_store=True)
@require_safe
def waiting_list_joined(request: HttpRequest, reference: str) -> HttpResponse:
    """Holds nothing but the reference, so that it may be kept and opened again."""
    entry = get_object_or_404(WaitingEntry, reference=reference)
    context = {"reference": entry.reference}
    return render(request, "consultations/waiting/joined.html", context)
