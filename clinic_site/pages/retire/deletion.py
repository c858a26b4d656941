"""Deleting pages by Wagtail's APIs: never one that visitors have read."""

from wagtail.actions.delete_page import DeletePageAction, DeletePagePermissionError
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Page

from clinic_site.core.models.pages import was_ever_live


class DeleteDraftAction(DeletePageAction):
    def check(self, skip_permission_checks: bool = False) -> None:
        super().check(skip_permission_checks)
        if was_ever_live(self.page):
            raise DeletePagePermissionError(
                "This page has been live. Archive it in the admin instead."
            )


class DeleteDraftAPIAction(DeletePageAPIAction):
    def _action_from_data(self, instance: Page, data: dict) -> DeleteDraftAction:
        return DeleteDraftAction(page=instance, user=self.request.user)


class PagesAPIViewSet(PagesAdminAPIViewSet):
    """The one the admin's own scripts talk to."""

    actions = {**PagesAdminAPIViewSet.actions, "delete": DeleteDraftAPIAction}
