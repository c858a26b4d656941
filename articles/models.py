"""Gathers the slices' models for Django."""

from .answers.models import (
    AnswerPage,
    AnswerPageSource,
    AnswersIndexPage,
    RelatedAnswer,
    TopicPage,
    TopicsIndexPage,
)
from .answers.sources import Source

__all__ = [
    "AnswerPage",
    "AnswerPageSource",
    "AnswersIndexPage",
    "RelatedAnswer",
    "Source",
    "TopicPage",
    "TopicsIndexPage",
]
