"""What staff enter about an expert, and who may change it."""

from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.permissions import page_permission_policy

# Who somebody is to readers, and whose name a sign-off bears.
SHOWN = {
    "name",
    "post_nominals",
    "role",
    "register",
    "register_number",
    "biography",
    "picture",
    "user",
}
# Whatever names experts registers a function that takes one, as with Wagtail's hooks.
NAMES_EXPERTS = "is_expert_signed_for"


class ExpertForm(WagtailAdminModelForm):
    def clean(self) -> dict:
        """Who may not publish a page may not change whose word it is either."""
        cleaned = super().clean()
        if SHOWN.intersection(self.changed_data) and self.is_signed_for():
            self.add_error(
                None,
                "Answers that were signed off name this person as they are described "
                "here. Ask a publisher to change it.",
            )
        return cleaned

    def is_signed_for(self) -> bool:
        """Whether this person may not change what signed answers say of an expert."""
        return (
            bool(self.instance.pk)
            and not page_permission_policy.user_has_permission(self.for_user, "publish")
            and any(ask(self.instance) for ask in hooks.get_hooks(NAMES_EXPERTS))
        )
