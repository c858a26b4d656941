from wagtail import hooks
from wagtail.snippets.models import register_snippet

from .staff.viewset import ConsultationsViewSet, permissions
from .staff.wordings import ConsentWordingViewSet

hooks.register("register_admin_viewset", lambda: ConsultationsViewSet())
hooks.register("register_permissions", permissions)
register_snippet(ConsentWordingViewSet)
