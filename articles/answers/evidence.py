"""How well studies support an answer."""

from django.db import models


class Evidence(models.TextChoices):
    STRONG = "strong", "Strong evidence"
    MIXED = "mixed", "Mixed evidence"
    WEAK = "weak", "Weak evidence"
    NONE = "none", "No evidence"
    NOT_APPLICABLE = "not_applicable", "Not a question of evidence"

    def in_words(self) -> str:
        return IN_WORDS[self]


IN_WORDS = {
    Evidence.STRONG: "Several good studies agree.",
    Evidence.MIXED: "Studies disagree, or their results hold for some people only.",
    Evidence.WEAK: "There are few studies, or small ones.",
    Evidence.NONE: "No study we know of has tested this.",
    Evidence.NOT_APPLICABLE: (
        "The answer is about recognising something or getting help, not about whether "
        "something works."
    ),
}
