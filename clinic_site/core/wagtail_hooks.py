from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import links
from .models import Clinic, Expert


class ClinicViewSet(SnippetViewSet):
    model = Clinic
    icon = "home"
    list_display = ["name", "postcode", "phone", "is_open"]
    copy_view_enabled = False


class ExpertViewSet(SnippetViewSet):
    model = Expert
    icon = "user"
    list_display = ["name", "role", "register", "is_active"]
    list_filter = ["is_active"]
    copy_view_enabled = False


class ClinicGroup(SnippetViewSetGroup):
    items = (ClinicViewSet, ExpertViewSet)
    menu_label = "Clinic"
    menu_icon = "group"
    menu_order = 210


register_snippet(ClinicGroup)


# After Wagtail's own link handlers, whose places these take.
hooks.register("register_rich_text_features", links.register, order=1)


@hooks.register("construct_main_menu")
def hide_help(request, menu_items: list) -> None:
    """Wagtail's help menu leads to pages outside; ours is the README."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("insert_editor_js")
def save_what_was_typed_while_saving() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/autosave-catch-up.js"))
