from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from ..records.views import SUBMISSIONS, send
from . import services
from .forms import FreeConsultationForm
from .models import FreeConsultation


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest) -> HttpResponse:
    form = FreeConsultationForm(request.POST if request.method == "POST" else None)

    def store() -> FreeConsultation:
        return services.request_free_consultation(
            **form.submission(), check_limit=partial(SUBMISSIONS.check, request)
        )

    return send(
        request,
        form=form,
        store=store,
        template="consultations/book.html",
        received="booking_received",
    )


@cache_control(private=True, no_store=True)
@require_safe
def booking_received(request: HttpRequest, reference: str) -> HttpResponse:
    """Holds nothing but the reference, so that it may be kept and opened again."""
    booking = get_object_or_404(FreeConsultation, reference=reference)
    context = {"reference": booking.reference, "mode": booking.mode}
    return render(request, "consultations/booking_received.html", context)
