"""Who is told by mail of a step of the workflow."""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from clinic_site.users.models import User

from .editor_form import editor_form
from .signing import action_path, approve, ticked

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Told:
    subject: str
    text: str
    html: str


def mails(outbox: list) -> dict[str, Told]:
    """What was sent since the last look: never two to one person."""
    found = {
        mail.to[0]: Told(mail.subject, mail.body, mail.alternatives[0].content)
        for mail in outbox
    }
    assert len(found) == len(outbox)
    outbox.clear()
    return found


def test_each_step_tells_those_who_are_asked_and_the_end_whoever_began(
    client, draft, editor, reviewer, clinician, user_in, mailoutbox
):
    writer, owner = user_in("Contributors"), user_in(is_superuser=True)
    colleague = clinician.user
    User.objects.filter(pk=colleague.pk).update(email="anna@larkfield.example")
    gone = User.objects.create_user("gone", "gone@larkfield.example", is_active=False)
    for somebody in (gone, User.objects.create_user("nowhere", email="")):
        somebody.groups.set(colleague.groups.all())
    draft.owner = writer
    draft.save()
    client.force_login(writer)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])

    client.post(url, editor_form(draft, **{"action-submit": "1"}))
    told = mails(mailoutbox)
    assert "editors@larkfield.example" in told
    assert not {writer.email, owner.email, "anna@larkfield.example"} & set(told)
    for mail in told.values():
        assert draft.title in mail.subject
        for text in (mail.text, mail.html):
            assert url in text
        assert "<img" not in mail.html

    approve(draft, editor)
    told = mails(mailoutbox)
    assert "anna@larkfield.example" in told
    assert not {gone.email, "", owner.email} & set(told)

    reviewer.post(action_path(draft), ticked(draft))
    told = mails(mailoutbox)
    assert list(told) == [writer.email]
    assert draft.url in told[writer.email].text
