from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.panels import ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from . import links, media_in_use
from .expert_form import ExpertForm
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
    edit_handler = ObjectList(Expert.panels, base_form_class=ExpertForm)
    copy_view_enabled = False


class ClinicGroup(SnippetViewSetGroup):
    items = (ClinicViewSet, ExpertViewSet)
    menu_label = "Clinic"
    menu_icon = "group"
    menu_order = 210


register_snippet(ClinicGroup)


# After Wagtail's own link handlers, whose places these take.
hooks.register("register_rich_text_features", links.register, order=1)


# Before Wagtail's own addresses, whose places these take.
hooks.register("register_admin_urls", media_in_use.delete_urls, order=-1)
hooks.register("before_bulk_action", media_in_use.refuse_to_delete_several)


@hooks.register("construct_main_menu")
def hide_help(request, menu_items: list) -> None:
    """Wagtail's help menu leads to pages outside; ours is the README."""
    menu_items[:] = [item for item in menu_items if item.name != "help"]


@hooks.register("insert_editor_js")
def keep_what_is_typed() -> SafeString:
    """Where Wagtail's own scripts would lose it."""
    return format_html_join(
        "\n",
        '<script src="{}"></script>',
        [(static("js/autosave-catch-up.js"),), (static("js/signed-out.js"),)],
    )
