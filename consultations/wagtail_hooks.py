from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .staff.panel import WaitingPanel
from .staff.viewset import ConsultationsViewSet, permissions
from .staff.wordings import ConsentWordingViewSet

hooks.register("register_admin_viewset", lambda: ConsultationsViewSet())
hooks.register("register_permissions", permissions)
register_snippet(ConsentWordingViewSet)


@hooks.register("construct_homepage_panels")
def show_what_waits(request, panels: list) -> None:
    panels.append(WaitingPanel())
