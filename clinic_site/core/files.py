"""The few files the site serves itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from django.views.static import serve

YEAR = 365 * 24 * 60 * 60


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for it unasked, whatever the page says."""
    return redirect(static("img/favicon.svg"), permanent=False)


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse:
    """Pictures made for pages. Originals stay inside: editors alone see them.

    A rendition's name holds what was made of it, so it never changes.
    """
    response = serve(request, name, document_root=settings.MEDIA_ROOT / "images")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    return response
