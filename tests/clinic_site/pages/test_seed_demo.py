from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import WorkflowState
from wagtail.rich_text import RichText

from articles.answers.sign_off import PARAGRAPH_ID
from articles.models import AnswerPage, Source, TopicPage
from clinic_site.core import body
from clinic_site.core.models import Clinic, ClinicImage, Expert
from clinic_site.pages.demo import home as words
from clinic_site.pages.demo import pictures, seed
from clinic_site.users.models import User
from consultations.models import FreeConsultation, OnlineConsultation, Submission
from tests.articles.editor_form import FEATURES
from tests.factories.core import jpeg

# The drawings have tests of their own and take a minute; here a colour will do.
COLOURS = ("teal", "sienna", "ivory")
MEDICINES = (
    "finasteride",
    "dutasteride",
    "minoxidil",
    "spironolactone",
    "baricitinib",
    "ritlecitinib",
    "propecia",
    "regaine",
    "rogaine",
    "prednisolone",
    "methotrexate",
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain_pictures(monkeypatch):
    def draw():
        return {
            name: jpeg((640, 400), COLOURS[place % 3])
            for place, name in enumerate(pictures.NAMES)
        }

    monkeypatch.setattr(seed, "draw_pictures", draw)


@pytest.fixture
def seeded(settings):
    settings.DEMO_PASSWORD = "a demo pass phrase"
    out = StringIO()
    call_command("seed_demo", "--date=2026-11-22", stdout=out)
    return out.getvalue()


def test_it_fills_an_empty_site(client, seeded):
    """One test: seeding takes seconds, looking takes none."""
    check_the_parts(seeded)
    check_what_was_sent()
    check_the_sources()
    check_the_pages(client)
    check_the_texts()


def check_the_parts(printed: str) -> None:
    assert AnswerPage.objects.live().count() == 12
    assert TopicPage.objects.live().count() == 6
    assert Clinic.objects.count() == 2
    for user in seed.STAFF:
        assert user in printed
        assert authenticate(username=user, password="a demo pass phrase")


def check_what_was_sent() -> None:
    """The same date gives the same submissions."""
    assert set(Submission.objects.values_list("reference", flat=True)) == {
        "FC-7KQ2-M4TX",
        "FC-9WD3-HR6P",
        "FC-C5VN-28JB",
        "FC-4HTE-V7QD",
        "FC-R2XA-6KPM",
        "OC-3XHT-9QFA",
        "OC-8MRB-K2YW",
        "WL-6NTC-P3QA",
    }
    first = FreeConsultation.objects.get(reference="FC-7KQ2-M4TX")
    assert first.starts_at > timezone.now()
    assert first.created_at.isoformat() == "2026-11-22T08:30:00+00:00"
    assert OnlineConsultation.objects.filter(photos__isnull=False).exists()


def check_the_sources() -> None:
    """Real ones that can be looked up, and people who cannot be mistaken for real."""
    for source in Source.objects.all():
        source.full_clean()
        assert source.link().startswith("https://")
    page = AnswerPage.objects.get(slug="does-mesotherapy-work-for-hair-loss")
    assert {source.doi for source in page.sources()} >= {
        "10.1111/j.1524-4725.2006.32100.x",
        "10.4103/0974-7753.66914",
        "10.1111/jocd.12320",
    }
    for expert in Expert.objects.exclude(register=""):
        assert expert.register_number.startswith("EXAMPLE")


def check_the_pages(client: Client) -> None:
    """Each is shown, cites all its sources, and names no prescription medicine."""
    soup = BeautifulSoup(client.get("/").content, "html.parser")
    assert soup.h1.text == words.HEADING
    assert len(soup.select(".card")) == 6
    for page in AnswerPage.objects.live():
        html = client.get(page.url).content.decode()
        soup = BeautifulSoup(html, "html.parser")
        markers = {link["href"] for link in soup.select(".source-marker a")}
        numbers = range(1, page.citations.count() + 1)
        assert markers == {f"#source-{n}" for n in numbers}, page.slug
        assert 40 <= len(page.short_answer) <= 320
        assert all(image["alt"] for image in soup.select(".prose img"))
        assert not [name for name in MEDICINES if name in html.lower()], page.slug
    for path in ("/", "/answers/", "/topics/", "/privacy-notice/"):
        html = client.get(path).content.decode().lower()
        assert not [name for name in MEDICINES if name in html], path


def check_the_texts() -> None:
    """Saving one as it is leaves its sign-off; whoever sent one may open it."""
    editor = ContentstateConverter(features=FEATURES)
    for page in AnswerPage.objects.live():
        for leaf in body.leaves(page.body):
            if isinstance(leaf, RichText):
                opened = editor.from_database_format(leaf.source)
                saved = editor.to_database_format(opened)
                assert PARAGRAPH_ID.sub(r"\1", saved) == leaf.source, page.slug
    writer = User.objects.get(username="writer")
    sent = WorkflowState.objects.filter(requested_by=writer)
    assert {state.content_object.owner for state in sent} == {writer}


def test_it_refuses_a_site_in_use_and_says_why(home):
    User.objects.create_user("somebody")
    with pytest.raises(CommandError, match="1 staff accounts"):
        call_command("seed_demo")
    assert not ClinicImage.objects.exists()


def test_with_if_empty_it_leaves_a_site_in_use_alone(home):
    User.objects.create_user("somebody")
    call_command("seed_demo", if_empty=True)
    assert User.objects.count() == 1


def test_without_a_given_password_each_account_gets_its_own(db, settings):
    settings.DEMO_PASSWORD = ""
    passwords = seed.add_staff()
    assert len(set(passwords.values())) == len(seed.STAFF)
    assert all(len(password) >= 16 for password in passwords.values())
