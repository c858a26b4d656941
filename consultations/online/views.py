from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from clinic_site.core.rate_limit import Limit

from ..records.views import SUBMISSIONS, send
from . import services
from .forms import OnlineConsultationForm
from .models import OnlineConsultation

# Forms with photos, complete or not: each takes the server seconds to open.
PHOTO_FORMS = Limit("photo-forms", times=40, seconds=10 * 60)


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def consult_online(request: HttpRequest) -> HttpResponse:
    is_sent = request.method == "POST"
    form = OnlineConsultationForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        count_photos=partial(PHOTO_FORMS.check, request),
    )

    def store() -> OnlineConsultation:
        return services.submit_online_consultation(
            **form.submission(), check_limit=partial(SUBMISSIONS.check, request)
        )

    def keep() -> None:
        kept = services.keep_photos(
            submit_key=form.key(), prepared=form.prepared, kept=form.kept
        )
        form.show_kept(kept)

    return send(
        request,
        form=form,
        store=store,
        keep=keep,
        template="consultations/consult_online.html",
        received="consultation_received",
    )


@cache_control(private=True, no_store=True)
@require_safe
def consultation_received(request: HttpRequest, reference: str) -> HttpResponse:
    """Holds nothing but the reference, so that it may be kept and opened again."""
    consultation = get_object_or_404(OnlineConsultation, reference=reference)
    context = {"reference": consultation.reference}
    return render(request, "consultations/consultation_received.html", context)
