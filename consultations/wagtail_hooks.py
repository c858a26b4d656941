from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .staff.closure_admin import BankHolidayViewSet, DiaryExceptionViewSet
from .staff.diary_admin import AppointmentKindViewSet, ResourceViewSet
from .staff.export_views import ExportViewSet
from .staff.panel import WaitingPanel
from .staff.report_views import BookingReportViewSet, VisitsByPageViewSet
from .staff.viewset import ConsultationsViewSet, permissions
from .staff.wordings import ConsentWordingViewSet

hooks.register("register_admin_viewset", lambda: ConsultationsViewSet())
for viewset in (
    AppointmentKindViewSet,
    ResourceViewSet,
    DiaryExceptionViewSet,
    BankHolidayViewSet,
    BookingReportViewSet,
    VisitsByPageViewSet,
    ExportViewSet,
):
    hooks.register("register_admin_viewset", viewset)
hooks.register("register_permissions", permissions)
register_snippet(ConsentWordingViewSet)


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels: list) -> None:
    panels.append(WaitingPanel())
