from django import template
from django.urls import reverse

from ..answers.models import AnswerPage
from ..feedback.forms import VoteForm
from ..feedback.tokens import PAGE_TOKEN

register = template.Library()


@register.inclusion_tag("feedback/form.html", takes_context=True)
def feedback_form(context: template.Context, page: AnswerPage) -> dict:
    """The question whether an answer helped. Costs no query and sets no cookie.

    In a preview its buttons do nothing: an editor's look is not a reader's vote.
    """
    token = PAGE_TOKEN.make(page.pk or 0)
    return {
        "action": reverse("give_feedback", args=[token]),
        "form": VoteForm(auto_id="feedback_%s"),
        "is_preview": getattr(context.get("request"), "is_preview", False),
    }
