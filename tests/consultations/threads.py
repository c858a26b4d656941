"""Letting many go at the same moment."""

import threading
from collections.abc import Callable

from django.db import connection
from django.test import Client

VISITORS = 24


def at_once(act: Callable[[int], object], number: int = VISITORS) -> list:
    """What `act` gives each of so many threads that are let go together."""
    answers: list = [None] * number
    start = threading.Barrier(number, timeout=30)

    def run(place: int) -> None:
        try:
            start.wait()
            answers[place] = act(place)
        except BaseException as error:
            answers[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[place]) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    assert not [answer for answer in answers if isinstance(answer, BaseException)]
    return answers


def visitor(place: int) -> Client:
    return Client(REMOTE_ADDR=f"203.0.113.{place}")
