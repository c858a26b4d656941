"""How often one address may do a thing, counted in the cache.

The address itself is not kept: the cache key is a keyed hash of it.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

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
        """Count one try of an address. Raises TooManyRequests over the limit."""
        if self.count(client_address(request)) > self.times:
            raise TooManyRequests(self.seconds_left())

    def refuse_if_reached(self, who: str) -> None:
        """Raises TooManyRequests without counting."""
        if cache.get(self.key(who), 0) >= self.times:
            raise TooManyRequests(self.seconds_left())

    def count(self, who: str) -> int:
        # A little inexact on caches without atomic increments; that is enough.
        key = self.key(who)
        cache.add(key, 0, timeout=self.seconds + 1)
        try:
            return cache.incr(key)
        except ValueError:  # expired between the two lines
            return 1

    def key(self, who: str) -> str:
        hashed = salted_hmac("rate-limit", who).hexdigest()[:32]
        return f"rate-limit:{self.name}:{int(time.time() // self.seconds)}:{hashed}"

    def seconds_left(self) -> int:
        return max(1, math.ceil(self.seconds - time.time() % self.seconds))


def client_address(request: HttpRequest) -> str:
    """The visitor's address as the outermost trusted proxy saw it.

    X-Forwarded-For is believed only as far as settings.PROXY_COUNT proxies of
    ours have appended to it; what stands left of that a visitor may invent.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT:
        address = forwarded[-settings.PROXY_COUNT].strip()
    return network_of(address)


def network_of(address: str) -> str:
    """One household: an IPv6 visitor has a whole /64 of addresses."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if found.version == 6:
        return str(ip_network(f"{address}/64", strict=False))
    return address


class RateLimitMiddleware:
    """Answers TooManyRequests with a page that says how long to wait."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, TooManyRequests):
            return None
        return too_many(request, exception)


def too_many(request: HttpRequest, error: TooManyRequests) -> HttpResponse:
    minutes = math.ceil(error.retry_after / 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(error.retry_after)
    return response
