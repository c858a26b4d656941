"""Who may do what under /admin/consultations/, for every URL and every group."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.admin.viewsets import viewsets

from clinic_site.users.models import User
from consultations.models import (
    BankHoliday,
    Consent,
    ConsentWording,
    DiaryException,
    Event,
    Submission,
    WaitingEntry,
)
from consultations.online.photos import PreparedPhoto
from consultations.staff.viewset import ConsultationsViewSet
from tests.factories.consultations import (
    ResourceFactory,
    kind_of,
    stored_booking,
    stored_online,
)
from tests.factories.core import jpeg

from .rows import every_row

pytestmark = [pytest.mark.django_db, pytest.mark.rendering]

VIEWERS = {"Reception", "Specialists", "Managers", "superuser"}
DESK = {"Reception", "Managers", "superuser"}
KEEPERS = {"Managers", "superuser"}
EVERYBODY = {"colleague", "Editors", *VIEWERS}  # who may enter the admin
LOOK, SEND, BOTH = "GET HEAD", "POST", "GET HEAD POST"
EVERY_KIND = ("booking", "online", "waiting")
LISTS = {  # which are the same whatever the case
    "inbox",
    "inbox_results",
    "board",
    "board_print",
    "bookings",
    "bookings_results",
    "waiting_list",
    "waiting_list_results",
    "feeds",
    "revoke_feed",
    "add_booking",
}


def with_each(booking=(), online=(), waiting=()) -> dict[str, set]:
    """Who may, with a case of each kind; left out: nobody, it is not there."""
    return {"booking": set(booking), "online": set(online), "waiting": set(waiting)}


def with_any(may: set) -> dict[str, set]:
    return with_each(may, may, may)


# By URL: the methods it answers, and who may.
MATRIX = {
    "inbox": (LOOK, with_any(VIEWERS)),
    "inbox_results": (LOOK, with_any(VIEWERS)),
    "board": (LOOK, with_any(VIEWERS)),
    "board_print": (LOOK, with_any(VIEWERS)),
    "bookings": (LOOK, with_any(VIEWERS)),
    "bookings_results": (LOOK, with_any(VIEWERS)),
    "waiting_list": (LOOK, with_any(VIEWERS)),
    "waiting_list_results": (LOOK, with_any(VIEWERS)),
    "feeds": (BOTH, with_any(VIEWERS)),
    "revoke_feed": (SEND, with_any(set())),  # one's own only
    "add_booking": (BOTH, with_any(DESK)),
    "case": (LOOK, with_any(VIEWERS)),
    "confirm_booking": (SEND, with_each(booking=DESK)),
    "cancel_booking": (SEND, with_each(booking=DESK)),
    "move_booking": (BOTH, with_each(booking=DESK)),
    "mark_attendance": (SEND, with_each(booking=DESK)),
    "undo_attendance": (SEND, with_each(booking=DESK)),
    "take_off_waiting_list": (SEND, with_each(waiting=DESK)),
    "put_back_on_waiting_list": (SEND, with_each(waiting=DESK)),
    "open_link_again": (SEND, with_each(booking=DESK, waiting=DESK)),
    "change_status": (
        SEND,
        with_each(online={"Specialists", "Managers", "superuser"}),
    ),
    "add_note": (
        SEND,
        with_each(booking=DESK, online={"Specialists", "superuser"}, waiting=DESK),
    ),
    "photo": (LOOK, with_each(online={"Specialists", "superuser"})),
    "photo_preview": (LOOK, with_each(online={"Specialists", "superuser"})),
}
# The other sections, by URL: who sees its page. A form is sent by the same people.
SEEN = ("index", "index_results", "inspect")
CHANGED = ("add", "edit", "delete", "history", "history_results")
KEPT = ("appointment_kinds", "diary_resources", "bank_holidays")
SECTIONS = {
    **{f"{section}:{name}": DESK for section in KEPT for name in SEEN},
    **{f"{section}:{name}": KEEPERS for section in KEPT for name in CHANGED},
    **{f"closures:{name}": DESK for name in (*SEEN, *CHANGED)},
    "closures:touched": DESK,
    "bank_holidays:touched": DESK,
    "booking_report:index": VIEWERS,
    "booking_exports:index": KEEPERS,
    # Pages and numbers only, for those who write the pages.
    "visits_by_page:index": EVERYBODY,
    "visits_by_page:index_results": EVERYBODY,
}
GROUPS = ["Editors", "Reception", "Specialists", "Managers"]
OTHER_METHODS = ["PUT", "PATCH", "DELETE"]


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


@pytest.fixture(params=EVERY_KIND)
def case(request) -> Submission:
    photo = PreparedPhoto(jpeg=jpeg(), preview=jpeg(), width=64, height=40)
    if request.param == "online":
        return stored_online(photos=[photo])
    return stored_booking() if request.param == "booking" else stored_entry()


def stored_entry() -> WaitingEntry:
    today = timezone.localdate()
    return WaitingEntry.objects.create(
        kind="waiting",
        reference="WL-TEST-0001",
        submit_key=uuid.uuid4(),
        name="Ada Moss",
        email="ada@visitor.example",
        appointment_kind=kind_of(),
        first_day=today,
        last_day=today,
    )


def url_of(name: str, case: Submission) -> str:
    photo = getattr(case, "photos", None)
    values = {
        "<uuid:pk>": case.pk,
        "<uuid:photo_pk>": photo.get().pk if photo else uuid.uuid4(),
        "<int:pk>": 77777,
    }
    patterns = {each.name: each for each in ConsultationsViewSet().get_urlpatterns()}
    parts = re.findall("<.*?>", str(patterns[name].pattern))
    return reverse(f"consultations:{name}", args=[values[part] for part in parts])


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
    came = bool(place) or response.status_code in (200, 422)
    return "done" if came else str(response.status_code)


def test_reception_opens_the_inbox(client_of):
    assert client_of("Reception").get("/admin/consultations/").status_code == 200


def test_every_url_there_is_stands_in_the_matrix():
    patterns = ConsultationsViewSet().get_urlpatterns()
    assert {pattern.name for pattern in patterns} == set(MATRIX)
    others = {
        f"{viewset.url_namespace}:{pattern.name}"
        for viewset in other_sections()
        for pattern in viewset.get_urlpatterns()
    }
    assert others == set(SECTIONS)


def other_sections() -> list:
    """Those of this app, beside its own and the wordings, which have tests below."""
    ours = {ConsultationsViewSet, type(ConsentWording.snippet_viewset)}
    return [
        viewset
        for viewset in viewsets.viewsets
        if type(viewset).__module__.startswith("consultations.")
        and type(viewset) not in ours
    ]


@pytest.mark.parametrize(
    ("name", "case"),
    [
        (name, kind)
        for name in MATRIX
        for kind in (EVERY_KIND[:1] if name in LISTS else EVERY_KIND)
    ],
    indirect=["case"],
)
def test_only_those_who_should_get_through(people, case, name):
    methods, by_kind = MATRIX[name]
    may, url = by_kind[case.kind], url_of(name, case)
    for who, client in people.items():
        others = OTHER_METHODS if who == "superuser" else []
        for method in ("GET", "HEAD", "POST", *others):
            came = answer(client, method, url)
            if who in ("anonymous", "outsider"):
                assert came == "login", (who, method)
            elif method not in methods.split():
                assert came in ("405", "refused"), (who, method)
            elif who in may:
                assert came == "done", (who, method)
            else:
                # A booking has no photos: there is nothing to refuse.
                none_there = {"404"} if not may else set()
                assert came in {"refused"} | none_there, (who, method)


@pytest.fixture
def settings_of_the_diary() -> dict[str, int]:
    today = timezone.localdate()
    holiday, _ = BankHoliday.objects.get_or_create(date=today, name="A holiday")
    return {
        "appointment_kinds": kind_of().pk,
        "diary_resources": ResourceFactory().pk,
        "closures": DiaryException.objects.create(first_day=today, last_day=today).pk,
        "bank_holidays": holiday.pk,
    }


@pytest.mark.parametrize("name", SECTIONS)
def test_only_those_who_should_see_the_other_sections(
    people, settings_of_the_diary, name
):
    may, section = SECTIONS[name], name.partition(":")[0]
    try:
        url = reverse(name)
    except NoReverseMatch:
        url = reverse(name, args=[settings_of_the_diary[section]])
    for who, client in people.items():
        # Who may send it does so in the tests of its section.
        for method in ("GET", "HEAD") if who in may else ("GET", "HEAD", "POST"):
            came = answer(client, method, url)
            if who in ("anonymous", "outsider"):
                assert came == "login", (who, method)
            elif who in may:
                assert came == "done", (who, method)
            else:
                assert came in ("refused", "405"), (who, method)


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
        "snippets/consultations/freeconsultation/",
        "snippets/consultations/waitingentry/",
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
        given = Consent.objects.get(wording__key="booking-contact")
        assert given.wording.version == 1
        shown = people["Reception"].get(reverse("consultations:add_booking"))
        assert "You may phone me." in shown.content.decode()

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
        before = ConsentWording.objects.count()
        for name in ("list", "add"):
            assert answer(people[who], "GET", self.url(name)) == "refused"
        people[who].post(self.url("add"), form)
        assert ConsentWording.objects.count() == before
