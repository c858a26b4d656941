"""Error pages in the site's own look. urls.py names them as handlers.

None of them holds a form that posts, so none asks for a CSRF token: making one
would read the body that may be what is wrong.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was stored."""
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database: that may be what is broken."""
    template = loader.get_template("500.html")
    html = template.render({"request_id": getattr(request, "id", "")})
    return HttpResponse(html, status=500)
