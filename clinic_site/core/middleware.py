import logging
import time
import uuid
from collections.abc import Callable

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import DataError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from .logs import request_id
from .publishing import NotPublishable
from .transactions import Busy

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger("clinic_site.requests")


def is_for_staff(request: HttpRequest) -> bool:
    """The admin, or a page while the admin previews it.

    Wagtail sends a preview through all middleware once more, under the page's own
    path.
    """
    in_admin = request.path_info.startswith("/admin/")
    return in_admin or getattr(request, "is_preview", False)


class RequestLogMiddleware:
    """Gives each request a number and writes one line about it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex
        token = request_id.set(request.id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.id
            logger.info(
                "request",
                extra={
                    "method": request.method,
                    "path": self.place(request, response),
                    "status": response.status_code,
                    "duration_ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )
            return response
        finally:
            request_id.reset(token)

    def place(self, request: HttpRequest, response: HttpResponse) -> str:
        """The pattern that matched; a path may carry a secret link's token.

        The path itself only for a page that is there: a secret link that was
        mistyped ends where pages are looked for.
        """
        match = request.resolver_match
        if match is None:
            return "-"
        is_page = match.url_name == "wagtail_serve" and response.status_code != 404
        return request.path if is_page else match.route


class SecurityHeadersMiddleware:
    """Headers Django has no setting for, and no storing of private pages."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = (
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), "
            "microphone=(), payment=(), usb=(), browsing-topics=()"
        )
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        # Browsers ignore it on plain HTTP; behind a TLS proxy it must be there
        # even where the proxy does not say so.
        response["Strict-Transport-Security"] = (
            f"max-age={settings.HSTS_SECONDS}; includeSubDomains"
        )
        if is_for_staff(request):
            response["X-Frame-Options"] = "SAMEORIGIN"
            response.setdefault("Cache-Control", "private, no-store")
        else:
            response["Cross-Origin-Embedder-Policy"] = "require-corp"
            response["X-Frame-Options"] = "DENY"
        return response


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; the admin's own, looser one under /admin/."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponse, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_for_staff(request) and not report_only:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]
        return parts


class RefusalMiddleware:
    """Says in the admin why something cannot be deleted or published.

    Wagtail knows of references in its own index only, and consultations are kept
    out of that; the database refuses all the same. What must not go live is
    refused by the page itself, whichever view tried. A database that is too busy
    for a change refuses everywhere.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if isinstance(exception, NotPublishable):
            return refuse_to_publish(request, exception)
        if isinstance(exception, ProtectedError):
            messages.error(
                request,
                "This cannot be deleted: other records still need it. Change those "
                "first, or make it inactive instead.",
            )
            return redirect("wagtailadmin_home")
        if isinstance(exception, Busy):
            response = render(request, "503.html", status=503)
            response["Retry-After"] = "5"
            return response
        # A number larger than any key: SQLite raises the one, PostgreSQL the other.
        if isinstance(exception, OverflowError | DataError):
            return render(request, "400.html", status=400)
        return None


def refuse_to_publish(request: HttpRequest, error: NotPublishable) -> HttpResponse:
    """In words, where whoever tried will read them; nothing typed is lost."""
    if "/api/" in request.path or request.accepts("text/html") is False:
        return JsonResponse(error.message_dict, status=400)
    for problem in error.problems:
        messages.error(request, f"Not published. {problem.message}")
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()})
    return redirect(back if is_ours else reverse("wagtailadmin_home"))


class RequestGuardMiddleware:
    """Refuses what must not be read further: too large, or not UTF-8.

    Stands before anything touches request.POST: Django's own answer to a form
    in another charset is a 500.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = request.content_params.get("charset", "utf-8")
        if charset.lower().replace("_", "-") not in ("utf-8", "utf8"):
            raise BadRequest("Only UTF-8 is read.")
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()):
            raise BadRequest("Content-Length is not a number.")
        if int(length) > settings.REQUEST_MAX_BYTES:
            response = render(request, "413.html", status=413)
            # The body was not read; the connection cannot be used again.
            response["Connection"] = "close"
            return response
        return self.get_response(request)
