"""Registers what the slices offer to Wagtail's admin."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .answers import experts, rich_text
from .answers.source_admin import SourceViewSet, refuse_to_delete_cited
from .editorial import checks, dashboard, reports, unsigned
from .editorial import hooks as editorial
from .feedback import report as feedback

# After whatever else the site puts in the place of Wagtail's own.
LAST = 200


def add_icons(icons: list[str]) -> list[str]:
    return [*icons, "icons/source.svg"]


register_snippet(SourceViewSet)
hooks.register("before_delete_snippet", refuse_to_delete_cited)
hooks.register("is_expert_signed_for", experts.is_signed_for)
hooks.register("register_icons", add_icons)
hooks.register("register_rich_text_features", rich_text.register)

hooks.register("register_admin_urls", feedback.admin_urls)
hooks.register("register_reports_menu_item", feedback.menu_item)

hooks.register("before_bulk_action", editorial.refuse_unsigned_among_many)
hooks.register("before_publish_page", editorial.refuse_unsigned)
hooks.register("construct_admin_api", editorial.guard_admin_api, order=LAST)
hooks.register("construct_homepage_panels", dashboard.show_panels)
hooks.register("construct_page_action_menu", editorial.put_sign_off_first)
hooks.register("construct_wagtail_userbar", checks.use_clinic_checks)
hooks.register("register_actions", editorial.register_publishing, order=LAST)
hooks.register("register_admin_urls", editorial.admin_urls)
hooks.register("register_admin_viewset", editorial.register_answers, order=LAST)
hooks.register("register_log_actions", editorial.register_log_actions)
hooks.register("register_page_header_buttons", editorial.offer_override)
for view in (
    reports.ReviewDueView,
    reports.SourceHealthView,
    unsigned.LiveWithoutSignOffView,
):
    hooks.register("register_reports_menu_item", reports.menu_item(view))
