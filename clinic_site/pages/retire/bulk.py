"""Wagtail's bulk actions on pages, where they take pages off the site."""

from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, UnpublishBulkAction
from wagtail.models import Page

from clinic_site.core.models.pages import was_ever_live
from clinic_site.users.models import User

from . import services
from .forms import WithdrawForm


class WithdrawBulkAction(UnpublishBulkAction):
    """One choice of what visitors find, for all the pages."""

    form_class = WithdrawForm
    template_name = "retire/bulk_unpublish.html"

    def check_perm(self, page: Page) -> bool:
        return super().check_perm(page) and not services.is_front_page(page)

    def get_form_kwargs(self) -> dict:
        pages, _ = self.get_actionable_objects()
        return {**super().get_form_kwargs(), "pages": pages}

    def get_execution_context(self) -> dict:
        context = super().get_execution_context()
        return {**context, "send_to": self.cleaned_form.cleaned_data["send_to"]}

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: User | None = None,
        send_to: Page | None = None,
        **kwargs,
    ) -> tuple[int, int]:
        pages = below = 0
        for page in objects:
            # Read anew: it may have gone with one above it a moment ago.
            if (page := page.specific).live:
                below += services.withdraw(
                    page=page,
                    user=user,
                    send_to=send_to,
                    include_descendants=include_descendants,
                )
                pages += 1
        return pages, below


class DeleteDraftsBulkAction(DeleteBulkAction):
    """Leaves out, and says so, pages that visitors have read."""

    template_name = "retire/bulk_delete.html"

    def check_perm(self, page: Page) -> bool:
        return super().check_perm(page) and not was_ever_live(page)
