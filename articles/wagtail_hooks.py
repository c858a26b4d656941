from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet

from .answers import rich_text
from .answers.source_admin import SourceViewSet, refuse_to_delete_cited
from .editorial import checks, dashboard, reports, review
from .editorial import hooks as editorial_hooks  # noqa: F401 (registers)
from .feedback import report as feedback_report

register_snippet(SourceViewSet)
hooks.register("before_delete_snippet", refuse_to_delete_cited)


@hooks.register("register_rich_text_features")
def register_source_marker(features: FeatureRegistry) -> None:
    rich_text.register(features)


@hooks.register("register_icons")
def register_icons(icons: list[str]) -> list[str]:
    return [*icons, "icons/source.svg"]


hooks.register("construct_homepage_panels", dashboard.show_panels)
hooks.register("construct_wagtail_userbar", checks.use_clinic_checks)
hooks.register("register_admin_urls", reports.urls)
hooks.register("register_log_actions", review.register_log_actions)
for report in (reports.ReviewDueView, reports.SourceHealthView):
    hooks.register("register_reports_menu_item", reports.menu_item(report))
hooks.register("register_admin_urls", feedback_report.admin_urls)
hooks.register("register_reports_menu_item", feedback_report.menu_item)
