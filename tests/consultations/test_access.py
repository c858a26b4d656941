"""Who may do what under /admin/consultations/, for every URL and every group."""

import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from clinic_site.users.models import User
from consultations.models import Consent, ConsentWording, Event, Submission
from consultations.online.photos import PreparedPhoto
from consultations.staff.viewset import ConsultationsViewSet
from tests.factories.consultations import stored_booking, stored_online
from tests.factories.core import jpeg

from .rows import every_row

pytestmark = pytest.mark.django_db

VIEWERS = {"Reception", "Specialists", "Managers", "superuser"}
# By URL: the methods it answers, and who may, with a booking and with an online case.
MATRIX = {
    "inbox": ("GET HEAD", VIEWERS, VIEWERS),
    "inbox_results": ("GET HEAD", VIEWERS, VIEWERS),
    "case": ("GET HEAD", VIEWERS, VIEWERS),
    "change_status": (
        "POST",
        {"Reception", "Managers", "superuser"},
        {"Specialists", "Managers", "superuser"},
    ),
    "add_note": (
        "POST",
        {"Reception", "Managers", "superuser"},
        {"Specialists", "superuser"},
    ),
    "photo": ("GET HEAD", set(), {"Specialists", "superuser"}),
    "photo_preview": ("GET HEAD", set(), {"Specialists", "superuser"}),
}
GROUPS = ["Editors", "Reception", "Specialists", "Managers"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@pytest.fixture
def people(user_in) -> dict[str, Client]:
    """A signed-in browser of everybody there is."""
    colleague = user_in()  # may enter the admin, and nothing more
    colleague.user_permissions.add(Permission.objects.get(codename="access_admin"))
    users = {
        "anonymous": None,
        "outsider": User.objects.create_user("outsider"),
        "colleague": colleague,
        **{group: user_in(group) for group in GROUPS},
        "superuser": User.objects.create_superuser("superuser"),
    }
    clients = {name: Client() for name in users}
    for name, user in users.items():
        if user:
            clients[name].force_login(user)
    return clients


@pytest.fixture(params=["booking", "online"])
def case(request) -> Submission:
    photo = PreparedPhoto(jpeg=jpeg(), preview=jpeg(), width=64, height=40)
    if request.param == "online":
        return stored_online(photos=[photo])
    return stored_booking()


def url_of(name: str, case: Submission) -> str:
    online = getattr(case, "onlineconsultation", case)
    photo = online.photos.get().pk if hasattr(online, "photos") else uuid.uuid4()
    path = f"consultations:{name}"
    if name.startswith("photo"):
        return reverse(path, args=[case.pk, photo])
    return reverse(path, args=[] if name.startswith("inbox") else [case.pk])


def answer(client: Client, method: str, url: str) -> str:
    """What came of it: "login", "refused", "done", or the status."""
    form = {"shown": "new", "status": "new", "text": "A note"}
    ask = getattr(client, method.lower())
    response = ask(url, form) if method == "POST" else ask(url)
    place = response.get("Location", "")
    if place.startswith("/admin/login/"):
        return "login"
    if place == "/admin/":
        return "refused"
    return "done" if place or response.status_code == 200 else str(response.status_code)


def test_reception_opens_the_inbox(client_of):
    assert client_of("Reception").get("/admin/consultations/").status_code == 200


def test_every_url_there_is_stands_in_the_matrix():
    patterns = ConsultationsViewSet().get_urlpatterns()
    assert {pattern.name for pattern in patterns} == set(MATRIX)


@pytest.mark.parametrize("name", MATRIX)
def test_only_those_who_should_get_through(people, case, name):
    methods, with_booking, with_online = MATRIX[name]
    may = with_booking if case.kind == "booking" else with_online
    url = url_of(name, case)
    for who, client in people.items():
        for method in METHODS:
            came = answer(client, method, url)
            if who in ("anonymous", "outsider"):
                assert came == "login", (who, method)
            elif method not in methods:
                assert came in ("405", "refused"), (who, method)
            elif who in may:
                assert came == "done", (who, method)
            else:
                # A booking has no photos: there is nothing to refuse.
                none_there = {"404"} if not may else set()
                assert came in {"refused"} | none_there, (who, method)


def test_looking_changes_nothing_but_the_record_of_it(people, case):
    before = every_row()
    for name in MATRIX:
        for client in people.values():
            for method in ("GET", "HEAD"):
                answer(client, method, url_of(name, case))
    after = every_row()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"consultations_event"}
    viewed = {"received", "answers_viewed", "photo_viewed"}
    assert set(Event.objects.values_list("action", flat=True)) <= viewed


def test_the_menu_shows_it_to_those_who_may_open_it(people):
    for who, client in people.items():
        if who not in ("anonymous", "outsider"):
            html = client.get("/admin/").content.decode()
            assert ("/admin/consultations/" in html) == (who in VIEWERS), who


@pytest.mark.parametrize(
    "path",
    [
        "consultations/{}/edit/",
        "consultations/{}/delete/",
        "consultations/{}/copy/",
        "consultations/{}/history/",
        "consultations/add/",
        "consultations/export/",
        "consultations/new/",
        "snippets/consultations/submission/",
        "snippets/consultations/onlineconsultation/",
        "bulk/consultations/submission/delete/?id={}",
        "bulk/consultations/onlineconsultation/delete/?id={}",
    ],
)
def test_nobody_adds_copies_deletes_or_exports(people, path):
    case = stored_online(photos=[])
    url = "/admin/" + path.format(case.pk)
    for method in ("GET", "POST"):
        assert answer(people["superuser"], method, url) == "404"
    assert Submission.objects.count() == 1


class TestConsentWordings:
    SECTION = "wagtailsnippets_consultations_consentwording"

    def url(self, name: str, *args) -> str:
        return reverse(f"{self.SECTION}:{name}", args=args)

    def test_get_a_new_version_by_a_manager(self, people):
        stored_booking()
        form = {"key": "booking-contact", "text": "You may phone me."}
        response = people["Managers"].post(self.url("add"), form)
        assert response.status_code == 302
        newest = ConsentWording.objects.filter(key="booking-contact").first()
        assert (newest.version, newest.text) == (2, "You may phone me.")
        assert Consent.objects.get().wording.version == 1
        shown = Client().get("/free-consultation/").content.decode()
        assert "You may phone me." in shown

    @pytest.mark.parametrize("who", ["superuser", "Managers"])
    def test_are_changed_and_removed_by_nobody(self, people, who):
        wording = ConsentWording.objects.first()
        if who == "superuser":  # one nobody agreed to yet is no different
            ConsentWording.objects.create(key=wording.key, text="Unused.")
        before = every_row()["consultations_consentwording"]
        form = {"key": wording.key, "text": "Something else", "next": "/admin/"}
        viewset = ConsentWording.snippet_viewset
        for pattern in viewset.get_urlpatterns():
            if pattern.name == "add":
                continue
            takes_pk = "pk" in str(pattern.pattern)
            url = self.url(pattern.name, *([wording.pk] if takes_pk else []))
            for ask in (people[who].post, people[who].put, people[who].delete):
                assert ask(url, form).status_code in (301, 302, 403, 404, 405), url
        bulk = f"/admin/bulk/consultations/consentwording/delete/?id={wording.pk}"
        people[who].post(bulk, {"next": "/admin/"})
        assert every_row()["consultations_consentwording"] == before

    def test_are_listed_without_ways_to_change_them(self, people):
        response = people["superuser"].get(self.url("list"))
        assert "booking-contact" in response.content.decode()
        page = BeautifulSoup(response.content, "html.parser")
        links = {link["href"] for link in page.select("main a[href]")}
        for pk in ConsentWording.objects.values_list("pk", flat=True):
            for name in ("edit", "delete"):
                assert self.url(name, pk) not in links

    @pytest.mark.parametrize("who", ["Editors", "Reception", "Specialists"])
    def test_are_not_for_others(self, people, who):
        form = {"key": "booking-contact", "text": "You may phone me."}
        for name in ("list", "add"):
            assert answer(people[who], "GET", self.url(name)) == "refused"
        people[who].post(self.url("add"), form)
        assert ConsentWording.objects.count() == 3
