"""Each group has just its rights."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from articles.models import SignOffTask
from tests.factories.articles import AnswerPageFactory, TopicPageFactory

pytestmark = pytest.mark.django_db

RIGHTS = {
    "Contributors": {"articles", "core", "wagtailadmin"},
    "Editors": {"articles", "core", "wagtailredirects", "wagtailadmin"},
    "Clinical reviewers": {"articles", "core", "wagtailadmin"},
    "Publishers": {"articles", "core", "wagtailredirects", "wagtailadmin"},
    "Reception": {"consultations", "wagtailadmin"},
    "Specialists": {"consultations", "wagtailadmin"},
    "Managers": {
        "articles",
        "consultations",
        "core",
        "wagtailredirects",
        "wagtailadmin",
    },
}


def test_there_are_these_groups_and_no_others():
    assert set(Group.objects.values_list("name", flat=True)) == set(RIGHTS)


@pytest.mark.parametrize("name", RIGHTS)
def test_a_group_has_rights_in_its_own_parts_only(name):
    permissions = Group.objects.get(name=name).permissions
    apps = set(permissions.values_list("content_type__app_label", flat=True))
    assert apps == RIGHTS[name]


def test_only_specialists_see_health_data():
    seers = Group.objects.filter(permissions__codename="view_health_data")
    assert [group.name for group in seers] == ["Specialists"]


def test_publishers_and_managers_publish_pages():
    publishers = GroupPagePermission.objects.filter(permission__codename="publish_page")
    assert {grant.group.name for grant in publishers} == {"Publishers", "Managers"}


def test_no_group_manages_accounts(client_of, home):
    for name in RIGHTS:
        client = client_of(name)
        assert client.get("/admin/users/").status_code == 302, name
        assert client.get("/admin/groups/").status_code == 302, name


MENUS = {
    "Contributors": {"Pages", "Images", "Sources", "Clinic"},
    "Clinical reviewers": {"Pages", "Sources", "Clinic"},
    "Publishers": {"Pages", "Images", "Documents", "Sources", "Clinic"},
    "Editors": {"Pages", "Images", "Documents", "Sources", "Clinic"},
    "Reception": {"Consultations"},
    "Specialists": {"Consultations"},
    "Managers": {
        "Pages",
        "Images",
        "Documents",
        "Sources",
        "Clinic",
        "Consultations",
    },
}


@pytest.mark.parametrize("name", MENUS)
def test_the_menu_shows_what_a_group_may_use(name, user_in, home, rf):
    from wagtail.admin.menu import admin_menu

    request = rf.get("/admin/")
    request.user = user_in(name)
    shown = {item.label for item in admin_menu.menu_items_for_request(request)}
    assert shown - {"Reports", "Settings"} == MENUS[name]


def test_managers_change_the_clinic_settings_and_editors_do_not(client_of, home):
    path = "/admin/settings/core/clinicsettings/"
    assert client_of("Managers").get(path, follow=True).status_code == 200
    final = client_of("Editors").get(path, follow=True).redirect_chain[-1][0]
    assert final == "/admin/"


def test_a_contributor_changes_only_answers_of_their_own(
    user_in, answers_index, topics_index
):
    writer = user_in("Contributors")
    topic = TopicPageFactory(parent=topics_index)
    fields = {"parent": answers_index, "primary_topic": topic, "live": False}
    own = AnswerPageFactory(owner=writer, **fields)
    other = AnswerPageFactory(**fields)
    assert own.permissions_for_user(writer).can_edit()
    assert not other.permissions_for_user(writer).can_edit()
    assert not own.permissions_for_user(writer).can_publish()


def test_an_answer_goes_to_an_editor_and_then_to_a_clinician(answers_index):
    workflow = answers_index.get_workflow()
    steps = [task.specific for task in workflow.tasks]
    assert [set(step.groups.values_list("name", flat=True)) for step in steps] == [
        {"Editors", "Publishers", "Managers"},
        {"Clinical reviewers"},
    ]
    assert isinstance(steps[1], SignOffTask)
