"""Gathers the slices' models for Django."""

from .answers.lists import AnswersIndexPage, TopicPage, TopicsIndexPage
from .answers.models import AnswerPage, AnswerPageSource, RelatedAnswer
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
