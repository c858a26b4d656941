"""Pages whose address is a secret that opens them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

View = Callable[..., HttpResponse]


def private_page(view: View) -> View:
    """Stored by no cache, found by no search engine, named to no other page.

    Goes outermost. Browsers that may not say where a form came from send
    "Origin: null", which the check against cross-site requests refuses. Nothing is
    lost by leaving that out: these pages know nobody by a cookie, and another site
    that knew the address would need no visitor's browser to open it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    answer.csrf_exempt = True
    return answer
