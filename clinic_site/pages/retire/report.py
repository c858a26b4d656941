from django.db.models import F
from django.db.models.functions import Coalesce
from django.middleware.csrf import get_token
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageQuerySet, get_page_models
from wagtail.permissions import policy_registry

from clinic_site.core.models import BasePage
from clinic_site.core.models.gone import address_of


def archived(pages: PageQuerySet) -> PageQuerySet:
    """Archived pages of every type, the last one first, with `archived_at`."""
    names = [
        f"{model._meta.model_name}__archived_at"
        for model in get_page_models()
        if issubclass(model, BasePage)
    ]
    return (
        pages.annotate(archived_at=Coalesce(*map(F, names)))
        .filter(archived_at__isnull=False)
        .order_by("-archived_at", "-pk")
    )


class RestoreColumn(Column):
    cell_template_name = "retire/restore_cell.html"

    def get_cell_context_data(self, instance: Page, parent_context: dict) -> dict:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(context["request"])}


class ArchivedPagesView(ReportView):
    page_title = "Archived pages"
    header_icon = "folder"
    index_url_name = "archived_pages"
    index_results_url_name = "archived_pages_results"
    any_permission_required = ["publish"]
    model = Page
    is_searchable = False
    list_export = ["title", "archived_at"]
    export_headings = {"archived_at": "Archived"}
    columns = [
        TitleColumn("title", url_name="wagtailadmin_pages:edit"),
        DateColumn("archived_at", label="Archived"),
        Column("address"),
        Column("leads_to", label="Its address leads to"),
        RestoreColumn("restore", label=""),
    ]

    @property
    def permission_policy(self):
        return policy_registry.get_by_type(Page)

    def get_base_queryset(self) -> PageQuerySet:
        theirs = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "publish"
        )
        return archived(theirs)

    def decorate_paginated_queryset(self, object_list: PageQuerySet) -> PageQuerySet:
        addresses = {page: address_of(page) for page in object_list}
        paths = [Redirect.normalise_path(path) for path in addresses.values()]
        redirects = {
            redirect.old_path: redirect
            for redirect in Redirect.objects.filter(old_path__in=paths).select_related(
                "redirect_page"
            )
        }
        for page, address in addresses.items():
            page.address = address
            found = redirects.get(Redirect.normalise_path(address))
            target = found and (found.redirect_page or found.redirect_link)
            page.leads_to = f"{target}" if target else "Nothing: it is gone (410)"
        return object_list
