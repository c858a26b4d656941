"""Slows down guessing of passwords, without locking a whole office out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .rate_limit import Limit, TooManyRequests, client_address, too_many

PATHS = ("/admin/login/", "/_util/login/", "/_util/authenticate_with_password/")
RESET_PATH = "/admin/password_reset/"

# Wrong tries for one name from one address; for any name from one address.
BY_NAME = Limit("sign-in-name", times=10, seconds=15 * 60)
BY_ADDRESS = Limit("sign-in-address", times=100, seconds=15 * 60)
RESETS = Limit("password-reset", times=10, seconds=15 * 60)


class SignInMiddleware:
    """Counts sign-ins that failed; those that work do not count."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        try:
            if request.path_info == RESET_PATH:
                RESETS.check(request)
            elif request.path_info.startswith(PATHS):
                return self.sign_in(request)
        except TooManyRequests as error:
            return too_many(request, error)
        return self.get_response(request)

    def sign_in(self, request: HttpRequest) -> HttpResponse:
        address = client_address(request)
        name = request.POST.get("username", request.path_info).casefold()
        tries = ((BY_NAME, f"{address} {name}"), (BY_ADDRESS, address))
        for limit, who in tries:
            limit.refuse_if_reached(who)
        response = self.get_response(request)
        if response.status_code == 200:  # the form again, with an error
            for limit, who in tries:
                limit.count(who)
        return response
