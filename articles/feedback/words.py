"""Numbers of a report as an editor reads them."""

from collections.abc import Callable

from .models import Feedback

REASONS = Feedback.Reason.choices


def helpful_share(prefix: str = "") -> Callable[[dict], str]:
    def in_words(row: dict) -> str:
        votes = row[f"{prefix}votes"]
        return f"{row[f'{prefix}percent']}% of {votes}" if votes else "no votes"

    return in_words


def reasons_in_words(
    prefix: str = "", *, most: int = len(REASONS)
) -> Callable[[dict], str]:
    """Those that were given, the most frequent first, and no more than `most`."""

    def in_words(row: dict) -> str:
        counted = [(row[prefix + value], label) for value, label in REASONS]
        counted.sort(key=lambda found: -found[0])
        given = [f"{label}: {count}" for count, label in counted if count]
        return "; ".join(given[:most])

    return in_words
