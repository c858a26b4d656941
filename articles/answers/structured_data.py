"""What a page says to machines (schema.org), built from what it shows to people."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from clinic_site.core.models import ClinicSettings, Expert

from .sources import Source

if TYPE_CHECKING:
    from .models import AnswerPage


def for_answer(page: "AnswerPage", sources: list[Source], request: HttpRequest) -> dict:
    """A MedicalWebPage whose main part is the question with its answer.

    Not a QAPage: that type is for pages where visitors write the answers.
    """
    url = page.get_full_url(request)
    breadcrumb = _breadcrumb(page, request)
    web_page = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "headline": page.title[:110],
        "description": page.meta_description(),
        "inLanguage": "en-GB",
        "audience": {"@type": "PeopleAudience", "audienceType": "Patient"},
        "publisher": _publisher(request),
        "breadcrumb": {"@id": breadcrumb["@id"]},
        "mainEntity": {
            "@type": "Question",
            "name": page.title,
            "text": page.question,
            "acceptedAnswer": {"@type": "Answer", "text": page.short_answer},
        },
        "citation": [_citation(source) for source in sources],
    }
    if page.primary_topic:
        web_page["about"] = {"@type": "Thing", "name": page.primary_topic.title}
    if page.first_published_at:
        web_page["datePublished"] = page.first_published_at.isoformat()
        web_page["dateModified"] = page.last_published_at.isoformat()
    if page.expert:
        web_page["author"] = _person(page.expert)
    if page.reviewer and page.reviewed_on:
        web_page["reviewedBy"] = _person(page.reviewer)
        web_page["lastReviewed"] = page.reviewed_on.isoformat()
    return {"@context": "https://schema.org", "@graph": [web_page, breadcrumb]}


def _breadcrumb(page: "AnswerPage", request: HttpRequest) -> dict:
    trail = [("Home", request.build_absolute_uri("/"))]
    if page.primary_topic:
        topic = page.primary_topic
        trail.append((topic.title, topic.get_full_url(request)))
    trail.append((page.title, page.get_full_url(request)))
    return {
        "@type": "BreadcrumbList",
        "@id": page.get_full_url(request) + "#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, start=1)
        ],
    }


def _publisher(request: HttpRequest) -> dict:
    clinic = ClinicSettings.for_request(request)
    return {
        "@type": "MedicalOrganization",
        "name": clinic.clinic_name,
        "url": request.build_absolute_uri("/"),
    }


def _person(expert: Expert) -> dict:
    person = {"@type": "Person", "name": expert.name, "jobTitle": expert.role}
    if expert.post_nominals:
        person["honorificSuffix"] = expert.post_nominals
    return person


def _citation(source: Source) -> dict:
    kind = "ScholarlyArticle" if source.kind == Source.Kind.JOURNAL else "CreativeWork"
    return {"@type": kind, "name": source.title, "url": source.link()}
