"""What keeps a page from going live, whichever way somebody tries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError


@dataclass(frozen=True)
class Problem:
    """One thing to put right first. `field` is empty for the page as a whole.

    `block` is the place, from 0 on, of the block of a body that it is about.
    """

    message: str
    field: str = ""
    block: int | None = None


class NotPublishable(ValidationError):
    """Raised where a page would go live and must not; says in words what to do.

    A ValidationError, so that Wagtail's APIs answer 400 with the same words.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        messages: dict[str, list[str]] = {}
        for problem in self.problems:
            messages.setdefault(problem.field or NON_FIELD_ERRORS, []).append(
                problem.message
            )
        super().__init__(messages)
