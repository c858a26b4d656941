"""Many visitors at once want times of one day, on a site that runs.

    python -m tests.benchmarks.booking_rush http://127.0.0.1:8000 \\
        /free-consultation/phone/2026-12-01/ --visitors 200

Each opens the day, picks a time (the nearest one when it has just gone), types
their details, checks and books. Prints how many booked, how long each step took,
and what the site answered. Start the site with PROXY_COUNT=1, so that each visitor
can come from an address of their own.
"""

import argparse
import random
import re
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from http.cookiejar import CookieJar

MOST_TRIES = 18  # one address may hold twenty times in ten minutes
TIME = re.compile(r'name="at"[^>]*value="([^"]+)"')
HIDDEN = re.compile(r'type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"')
CONSENT = re.compile(r'name="(consent\w*)"[^>]*value="([^"]+)"')


class Visitor:
    def __init__(self, base: str, number: int) -> None:
        self.base, self.number = base, number
        self.browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        )
        self.browser.addheaders = [
            ("X-Forwarded-For", f"10.0.{number // 250}.{number % 250}")
        ]
        self.took: dict[str, list[float]] = defaultdict(list)
        self.answers: Counter[int] = Counter()

    def ask(self, step: str, url: str, data: dict | None = None) -> tuple[str, str]:
        """The page and its address, after redirects; also of a refusal."""
        body = urllib.parse.urlencode(data).encode() if data is not None else None
        started = time.perf_counter()
        try:
            with self.browser.open(self.base + url, body, timeout=60) as response:
                self.answers[response.status] += 1
                page, at = response.read().decode(), response.url
        except urllib.error.HTTPError as error:
            self.answers[error.code] += 1
            page, at = error.read().decode(), error.url
        self.took[step].append(time.perf_counter() - started)
        return page, at.removeprefix(self.base)

    def book(self, day: str) -> str:
        """The page at the end; empty when nothing was left."""
        page, _ = self.ask("open the day", day)
        for _ in range(MOST_TRIES):
            times = TIME.findall(page)
            if not times:
                return ""
            choice = {
                **dict(HIDDEN.findall(page)),
                "at": random.choice(times),
            }
            page, at = self.ask("hold a time", day, choice)
            if "/booking/" in at:
                break
        else:
            return ""
        typed = {
            **dict(HIDDEN.findall(page)),
            **dict(CONSENT.findall(page)),
            "name": f"Visitor {self.number}",
            "email": f"visitor{self.number}@visitor.example",
            "phone": f"+44 20 7946 {self.number:04}",
            "preferred_hours": "any",
            "note": "",
        }
        page, at = self.ask("type the details", at, typed)
        page, at = self.ask("book", at, dict(HIDDEN.findall(page)))
        return page if at.endswith("/booked/") else ""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("day")
    parser.add_argument("--visitors", type=int, default=200)
    options = parser.parse_args()
    visitors = [Visitor(options.base, n) for n in range(options.visitors)]
    pages = [""] * len(visitors)
    go = threading.Barrier(len(visitors))

    def run(number: int) -> None:
        go.wait()
        pages[number] = visitors[number].book(options.day)

    threads = [threading.Thread(target=run, args=[n]) for n in range(len(visitors))]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report(visitors, pages, time.perf_counter() - started)


def report(visitors: list[Visitor], pages: list[str], seconds: float) -> None:
    booked = sum(map(bool, pages))
    answers = sum((visitor.answers for visitor in visitors), Counter())
    print(f"{booked} of {len(visitors)} booked in {seconds:.1f} s")  # noqa: T201
    print("answers:", dict(sorted(answers.items())))  # noqa: T201
    for step in ("open the day", "hold a time", "type the details", "book"):
        took = sorted(each for visitor in visitors for each in visitor.took[step])
        if took:
            middle, high = took[len(took) // 2], took[int(len(took) * 0.95)]
            print(  # noqa: T201
                f"{step:<18} {len(took):>5} times, median {middle * 1000:.0f} ms, "
                f"p95 {high * 1000:.0f} ms"
            )


if __name__ == "__main__":
    main()
