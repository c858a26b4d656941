"""Fills an empty site with the invented clinic.

The same date and password give the same site; only keys, hashes and, without a
given password, the passwords are drawn anew. Appointments are in the days to come.
"""

import secrets
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from wagtail.models import Site

from articles.models import AnswerPage, Source, TopicPage, TopicsIndexPage
from clinic_site.core.models import Clinic, ClinicImage, ClinicSettings, Expert
from clinic_site.users.models import User
from consultations.models import Submission

from ..models import FeaturedAnswer, HomePage, HomePageStep, StandardPage
from . import home, pictures
from .answers import add_answers
from .people import BRANCHES, PEOPLE, STANDARD_PAGES, TOPICS
from .publishing import publish, stream
from .sources import SOURCES

STAFF = {
    "owner": ("Olive", "Larkfield", []),
    "manager": ("Maya", "Brandt", ["Managers"]),
    "publisher": ("Petra", "Lind", ["Publishers"]),
    "editor": ("Edwin", "Hale", ["Editors"]),
    "writer": ("Wanda", "Moss", ["Contributors"]),
    "clinician": ("Priya", "Raman", ["Clinical reviewers", "Specialists"]),
    "second-clinician": ("Daniel", "Osei", ["Clinical reviewers", "Specialists"]),
    "reception": ("Rosa", "Keller", ["Reception"]),
    "specialist": ("Miriam", "Calloway", ["Specialists"]),
}
# Whose account signs answers off as which expert.
CLINICIANS = {"clinician": "priya-raman", "second-clinician": "daniel-osei"}
Say = Callable[[str], None]


def what_is_there() -> list[str]:
    """What a demo must not be mixed with, in words; empty on an empty site."""
    found = {
        "staff accounts": User.objects.count(),
        "submissions": Submission.objects.count(),
        "answers": AnswerPage.objects.count(),
        "clinics": Clinic.objects.count(),
        "pages": StandardPage.objects.count() + TopicPage.objects.count(),
    }
    return [f"{count} {name}" for name, count in found.items() if count]


def seed_site(*, drawn: dict[str, bytes], say: Say) -> dict[str, str]:
    """All but the submissions, or nothing at all.

    Returns the passwords by user name; they are stored nowhere in clear.
    """
    with transaction.atomic():
        images = {name: add_image(name, jpeg) for name, jpeg in drawn.items()}
        say("Adding the clinic and its people")
        add_clinic(images)
        passwords = add_staff()
        say("Writing the pages")
        add_pages(images)
        say("Making the pictures' sizes")
        for image in images.values():
            image.make_sizes()
        return passwords


def draw_pictures() -> dict[str, bytes]:
    with ProcessPoolExecutor() as pool:
        drawn = pool.map(pictures.jpeg, pictures.NAMES)
        return dict(zip(pictures.NAMES, drawn, strict=True))


def add_image(name: str, jpeg: bytes) -> ClinicImage:
    title = name.replace("-", " ").capitalize()
    return ClinicImage.objects.create(
        title=title,
        description=home.ALT_TEXTS[name],
        credit="Drawing: Larkfield Hair Clinic",
        file=ContentFile(jpeg, f"{name}.jpg"),
    )


def add_clinic(images: dict[str, ClinicImage]) -> None:
    for place, branch in enumerate(BRANCHES):
        Clinic.objects.create(
            **{**vars(branch), "picture": images[branch.picture]}, sort_order=place
        )
    for person in PEOPLE:
        Expert.objects.create(**{**vars(person), "picture": images[person.picture]})
    for source in SOURCES.values():
        values = {name: value for name, value in vars(source).items() if name != "key"}
        record = Source(**values)
        record.full_clean()
        record.save()


def add_pages(images: dict[str, ClinicImage]) -> None:
    home_page = HomePage.objects.get()
    standard = add_standard_pages(home_page, images)
    topics = add_topics(images)
    answers = add_answers(images, topics)
    home_page.heading = home.HEADING
    home_page.introduction = home.INTRODUCTION
    home_page.search_description = home.SEARCH_DESCRIPTION
    home_page.picture = images["home"]
    home_page.steps = [
        HomePageStep(heading=heading, text=text, sort_order=place)
        for place, (heading, text) in enumerate(home.STEPS)
    ]
    home_page.featured = [
        FeaturedAnswer(answer=answers[slug], sort_order=place)
        for place, slug in enumerate(home.FEATURED)
    ]
    publish(home_page)
    site = Site.objects.get(is_default_site=True)
    site.site_name = home.SETTINGS["clinic_name"]
    address = urlsplit(settings.BASE_URL)
    site.hostname = address.hostname
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.save()
    ClinicSettings.objects.update_or_create(
        site=site,
        defaults={**home.SETTINGS, "privacy_page": standard["privacy-notice"]},
    )


def add_standard_pages(
    home_page: HomePage, images: dict[str, ClinicImage]
) -> dict[str, StandardPage]:
    pages = {}
    for text in STANDARD_PAGES:
        page = StandardPage(
            slug=text.slug,
            title=text.title,
            introduction=text.introduction,
            show_in_menus=text.slug in home.IN_MENU,
            body=stream(text.body, images),
        )
        pages[text.slug] = publish(home_page.add_child(instance=page))
    return pages


def add_topics(images: dict[str, ClinicImage]) -> dict[str, TopicPage]:
    index = TopicsIndexPage.objects.get()
    index.introduction = home.TOPICS_INTRODUCTION
    publish(index)
    topics = {}
    for topic in TOPICS:
        page = TopicPage(
            slug=topic.slug,
            title=topic.title,
            introduction=topic.introduction,
            picture=images[topic.picture],
        )
        topics[topic.slug] = publish(index.add_child(instance=page))
    return topics


def add_staff() -> dict[str, str]:
    passwords = {}
    for username, (first_name, last_name, groups) in STAFF.items():
        password = settings.DEMO_PASSWORD or secrets.token_urlsafe(12)
        user = User.objects.create_user(
            username,
            f"{username}@larkfield.example",
            password,
            first_name=first_name,
            last_name=last_name,
            is_superuser=username == "owner",
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        passwords[username] = password
    for username, slug in CLINICIANS.items():
        Expert.objects.filter(slug=slug).update(
            user=User.objects.get(username=username)
        )
    return passwords
