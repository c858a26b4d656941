"""What the editor's Checks panel looks for in the preview, and what to do about it.

The tests themselves run in the preview: static/js/content-checks.js.
"""

from django.http import HttpRequest
from wagtail.admin.userbar import BaseItem, ContentCheckerItem
from wagtail.models import Page

from ..answers.rules import SHORT_ANSWER_MIN

DESCRIPTION_MAX = 160
ALT_TEXT_MAX = 250

# Rule: where it looks, how bad it is, its options, what it says, what to do.
RULES = {
    "clinic-link-text": (
        ".prose a[href]",
        "serious",
        {},
        "Link text says nothing",
        "Write where the link leads, like “our page on shedding”, instead of “here”, "
        "“read more” or a bare address. Readers who hear links one by one need it.",
    ),
    "clinic-alt-text": (
        "main img[alt]",
        "serious",
        {"longest": ALT_TEXT_MAX},
        "Alternative text does not describe the picture",
        "Say in a sentence what matters in the picture, without a file name, without "
        f"“image of” and in at most {ALT_TEXT_MAX} characters. Only decoration? Mark "
        "it as decorative.",
    ),
    "clinic-unsourced-number": (
        ".prose p, .prose li",
        "moderate",
        {},
        "A number without a source",
        "This sentence gives a result or a share, but cites nothing. Put a source "
        "marker at its end, or say that it is the clinic’s own experience.",
    ),
    "clinic-short-answer": (
        "h1",
        "serious",
        {"shortest": SHORT_ANSWER_MIN},
        "The short answer is missing or too short",
        f"Write at least {SHORT_ANSWER_MIN} characters under “Short answer”. Many "
        "readers read nothing else, and search engines show it.",
    ),
    "clinic-description-length": (
        "h1",
        "minor",
        {"longest": DESCRIPTION_MAX},
        "The description for search engines is too long",
        f"Search engines cut it after about {DESCRIPTION_MAX} characters. Shorten the "
        "meta description under Promote, the important words first.",
    ),
}
# Wagtail's own, with what to do about them.
MESSAGES = {
    "heading-order": (
        "Headings skip a level",
        "A part of a section must stand under a section. Change the level of this "
        "heading, or put a section heading above it.",
    ),
    "empty-heading": (
        "Empty heading",
        "Write the heading or remove the block. Some readers jump from one heading to "
        "the next.",
    ),
    "p-as-heading": (
        "A paragraph that looks like a heading",
        "Is it one? Put a Heading block in its place: it appears in the contents, and "
        "readers who hear the page can jump to it. Otherwise take the bold away.",
    ),
    "image-alt": (
        "Picture without alternative text",
        "Say what the picture shows to someone who cannot see it, or mark it as "
        "decorative.",
    ),
    "empty-meta-description": (
        "No description for search engines",
        "Write the short answer, or a meta description under Promote: one sentence "
        "that says what the reader will learn.",
    ),
}


class ClinicContentChecks(ContentCheckerItem):
    """Wagtail's checks and the clinic's, in the part of a page that editors write."""

    # One only: the panel takes several for frames within each other.
    axe_include = ["main"]
    axe_run_only = [
        *(
            name
            for name in ContentCheckerItem.axe_run_only
            if name != "alt-text-quality"
        ),
        "image-alt",
        *RULES,
    ]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        # In what editors write: titles of call-outs and cards are none of theirs.
        {"id": "p-as-heading", "selector": ".prose > p", "enabled": True},
        *(
            {
                "id": name,
                "selector": selector,
                "impact": impact,
                "tags": ["best-practice"],
                "any": [f"{name}-check"],
                "enabled": True,
            }
            for name, (selector, impact, *_) in RULES.items()
        ),
    ]
    axe_custom_checks = [
        *ContentCheckerItem.axe_custom_checks,
        *(
            {"id": f"{name}-check", "options": options}
            for name, (_, _, options, *_) in RULES.items()
        ),
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{
            name: {"error_name": words[-2], "help_text": words[-1]}
            for name, words in (RULES | MESSAGES).items()
        },
    }

    class Media:
        js = ["js/content-checks.js"]


def use_clinic_checks(
    request: HttpRequest, items: list[BaseItem], page: Page | None
) -> None:
    """For the construct_wagtail_userbar hook, which the Checks panel asks as well."""
    items[:] = [
        ClinicContentChecks(in_editor=item.in_editor)
        if isinstance(item, ContentCheckerItem)
        else item
        for item in items
    ]
