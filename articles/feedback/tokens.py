"""What a reader's browser brings back, signed, so that nobody can make it up.

The time of issue is a day, not a second: an answer's page stays the same for
everybody and for the whole day, so it can be cached and compared.
"""

from dataclasses import dataclass

from django.core.signing import Signer
from django.utils import timezone


@dataclass(frozen=True)
class Token:
    number: int
    is_over: bool


@dataclass(frozen=True)
class TokenKind:
    """Tokens for one purpose, good until `days` days after they were made."""

    salt: str
    days: int

    def make(self, number: int) -> str:
        return self.signer().sign(f"{number}-{today()}")

    def read(self, token: str) -> Token:
        """Raises BadSignature for what we never made, or made for something else."""
        number, day = self.signer().unsign(token).split("-")
        return Token(int(number), is_over=today() > int(day) + self.days)

    def signer(self) -> Signer:
        return Signer(salt=self.salt)


def today() -> int:
    return timezone.localdate().toordinal()


# A page may lie in a cache or an open tab for weeks; a vote is finished at once.
PAGE_TOKEN = TokenKind("articles.feedback.page", days=30)
VOTE_TOKEN = TokenKind("articles.feedback.vote", days=1)
