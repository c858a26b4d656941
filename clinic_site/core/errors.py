"""Error pages in the site's own look. urls.py names them as handlers.

None of them holds a form that posts, so none asks for a CSRF token: making one
would read the body that may be what is wrong.
"""

from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.template import loader
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from .models import GoneAddress


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or old: nothing was stored."""
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, or 410 where a page was withdrawn."""
    if GoneAddress.objects.includes(request):
        return _redirect(request) or render(request, "410.html", status=410)
    return render(request, "404.html", status=404)


def _redirect(request: HttpRequest) -> HttpResponse | None:
    """The redirect from a withdrawn page's address, if there is one.

    Asked here because the middleware looks at nothing but 404s. After a page was
    renamed there and back one may lead to itself.
    """
    middleware = RedirectMiddleware(lambda request: HttpResponse())
    answer = middleware.process_response(request, HttpResponseNotFound())
    target = urlsplit(answer.headers.get("Location", "")).path
    is_redirect = target and unquote(target) != request.path
    return answer if is_redirect else None


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs no database: that may be what is broken."""
    template = loader.get_template("500.html")
    html = template.render({"request_id": getattr(request, "id", "")})
    return HttpResponse(html, status=500)
