"""Gathers the slices' models for Django."""

from .answers.citations import Citation, SourceUse
from .answers.lists import AnswersIndexPage, TopicPage, TopicsIndexPage
from .answers.models import AnswerPage
from .answers.related import RelatedAnswer
from .answers.sign_off import PublishingOverride, SignOff
from .answers.sources import Source
from .editorial.models import ReviewReminder
from .editorial.workflow import SignOffTask
from .feedback.models import Feedback

__all__ = [
    "AnswerPage",
    "AnswersIndexPage",
    "Citation",
    "Feedback",
    "PublishingOverride",
    "RelatedAnswer",
    "ReviewReminder",
    "SignOff",
    "SignOffTask",
    "Source",
    "SourceUse",
    "TopicPage",
    "TopicsIndexPage",
]
