"""How often one address may do a thing, counted in the cache.

The address itself is not kept: the cache key is a keyed hash of it.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac


class TooManyRequests(Exception):
    """Raised by `Limit.check`; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True)
class Limit:
    """At most `times` in each window of `seconds`, for one address."""

    name: str
    times: int
    seconds: int

    def check(self, request: HttpRequest) -> None:
        """Count one try. Raises TooManyRequests over the limit."""
        now = time.time()
        window = int(now // self.seconds)
        who = salted_hmac("rate-limit", client_address(request)).hexdigest()[:32]
        key = f"rate-limit:{self.name}:{window}:{who}"
        # A little inexact on caches without atomic increments; that is enough.
        cache.add(key, 0, timeout=self.seconds + 1)
        try:
            count = cache.incr(key)
        except ValueError:  # expired between the two lines
            return
        if count > self.times:
            left = (window + 1) * self.seconds - now
            raise TooManyRequests(max(1, math.ceil(left)))


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the outermost trusted proxy saw it.

    X-Forwarded-For is believed only as far as settings.PROXY_COUNT proxies of
    ours have appended to it; what stands left of that a visitor may invent.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        return forwarded[-settings.PROXY_COUNT].strip()
    return request.META.get("REMOTE_ADDR", "")


SIGN_IN = Limit("sign-in", times=10, seconds=15 * 60)


class RateLimitMiddleware:
    """Answers TooManyRequests with a page, and slows guessing of passwords."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and request.path_info in (
            "/admin/login/",
            "/admin/password_reset/",
            "/_util/login/",
        ):
            try:
                SIGN_IN.check(request)
            except TooManyRequests as error:
                return self.process_exception(request, error)
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, TooManyRequests):
            return None
        minutes = math.ceil(exception.retry_after / 60)
        response = render(request, "429.html", {"minutes": minutes}, status=429)
        response["Retry-After"] = str(exception.retry_after)
        return response
