"""A superuser publishes without a sign-off, and says why."""

import pytest
from wagtail.models import PageLogEntry

from articles.answers.sign_off import content_hash
from articles.editorial import services
from articles.models import PublishingOverride

from .signing import (
    fresh,
    save_draft,
)
from .texts import NEW

pytestmark = pytest.mark.django_db


class TestPublishingWithoutSignOff:
    REASON = "The old text named a dose that was wrong."

    def path(self, page) -> str:
        return f"/admin/answers/{page.pk}/publish-without-sign-off/"

    def form(self, page, **changes) -> dict:
        seen = content_hash(fresh(page).get_latest_revision().as_object())
        return {"seen": seen, "reason": self.REASON, "confirm": "on", **changes}

    @pytest.mark.parametrize("group", ["Publishers", "Managers", "Clinical reviewers"])
    def test_is_forbidden_to_everybody_else(self, client_of, draft, group):
        client = client_of(group)
        assert client.get(self.path(draft)).status_code == 403
        response = client.post(self.path(draft), self.form(draft))
        assert response.status_code == 403
        assert not fresh(draft).live
        editor = client.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
        assert self.path(draft) not in editor

    def test_keeps_the_reason(self, owner, draft):
        editor = owner.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
        assert self.path(draft) in editor
        assert owner.get(self.path(draft)).status_code == 200
        response = owner.post(self.path(draft), self.form(draft))
        assert response.status_code == 302
        page = fresh(draft)
        assert page.live
        assert page.sign_off is None
        override = PublishingOverride.objects.get()
        assert override.reason == self.REASON
        assert override.user.is_superuser
        entry = PageLogEntry.objects.get(action=services.OVERRIDDEN)
        assert self.REASON in entry.message
        assert entry.user == override.user

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"reason": "Hurry."}, "at least 20 characters"),
            ({"reason": " " * 30}, "Give the reason"),
            ({"reason": "\u200b" * 30}, "Give the reason"),
            ({"reason": "Very long. " * 1000}, "at most 1000 characters"),
            ({"confirm": ""}, "Tick this to publish"),
            ({"seen": "another"}, "The text was changed"),
        ],
    )
    def test_wants_a_reason_and_a_confirmation(self, owner, draft, changes, message):
        response = owner.post(self.path(draft), self.form(draft, **changes))
        assert message in response.content.decode()
        assert not fresh(draft).live
        assert not PublishingOverride.objects.exists()

    def test_does_not_get_round_the_rules_about_the_text(self, owner, draft):
        save_draft(draft, short_answer="Too short.")
        page = owner.post(self.path(draft), self.form(draft)).content.decode()
        assert "Write at least 40" in page
        assert not fresh(draft).live
        assert not PublishingOverride.objects.exists()

    def test_takes_the_clinicians_name_off_the_page(self, owner, live):
        save_draft(live, short_answer=NEW)
        owner.post(self.path(live), self.form(live))
        page = fresh(live)
        assert page.short_answer == NEW
        assert page.sign_off is None
