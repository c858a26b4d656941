from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from clinic_site.users.models import User

from ..models import ConsentWording


class AppendOnlyPolicy(ModelPermissionPolicy):
    """Nobody, not even a superuser, changes or removes what people agreed to."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action in ("change", "delete"):
            return False
        return super().user_has_permission(user, action)

    def user_has_any_permission(self, user: User, actions: list[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class ConsentWordingViewSet(SnippetViewSet):
    model = ConsentWording
    icon = "clipboard-list"
    menu_label = "Consent wordings"
    list_display = ["key", "version", "text", "created_at"]
    list_filter = ["key"]
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_settings_menu = True


register_permission_policy(ConsentWording, AppendOnlyPolicy(ConsentWording))
