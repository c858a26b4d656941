"""What a page says to machines (schema.org), built from what it shows to people."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from clinic_site.core.context import site
from clinic_site.core.models import Expert

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
        web_page["dateModified"] = page.changed_on().isoformat()
    if page.expert:
        web_page["author"] = person(page.expert, request)
    if page.sign_off_id:
        web_page["reviewedBy"] = person(page.sign_off.clinician, request)
        web_page["lastReviewed"] = page.sign_off.signed_on.isoformat()
    return {"@context": "https://schema.org", "@graph": [web_page, breadcrumb]}


def for_expert(expert: Expert, request: HttpRequest) -> dict:
    """A ProfilePage about the person, with what can be looked up about them."""
    someone = person(expert, request)
    url = someone["url"]
    if expert.biography:
        someone["description"] = expert.biography
    if expert.register:
        someone["hasCredential"] = {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "Professional registration",
            "identifier": expert.register_number,
            "recognizedBy": {"@type": "Organization", "name": expert.register},
        }
    if expert.is_active:
        someone["worksFor"] = _publisher(request)
    home = ("Home", request.build_absolute_uri("/"))
    experts = ("Experts", request.build_absolute_uri(reverse("experts")))
    breadcrumb = _list_of([home, experts, (expert.name, url)], url)
    profile = {
        "@type": "ProfilePage",
        "@id": url + "#page",
        "url": url,
        "name": str(expert),
        "inLanguage": "en-GB",
        "mainEntity": {"@id": url},
        "breadcrumb": {"@id": breadcrumb["@id"]},
    }
    return {"@context": "https://schema.org", "@graph": [profile, someone, breadcrumb]}


def _breadcrumb(page: "AnswerPage", request: HttpRequest) -> dict:
    trail = [("Home", request.build_absolute_uri("/"))]
    if page.primary_topic:
        topic = page.primary_topic
        trail.append((topic.title, topic.get_full_url(request)))
    trail.append((page.title, page.get_full_url(request)))
    return _list_of(trail, page.get_full_url(request))


def _list_of(trail: list[tuple[str, str]], url: str) -> dict:
    return {
        "@type": "BreadcrumbList",
        "@id": url + "#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(trail, start=1)
        ],
    }


def _publisher(request: HttpRequest) -> dict:
    clinic = site(request)["site"].settings
    data = {
        "@type": "MedicalOrganization",
        "name": clinic.clinic_name,
        "url": request.build_absolute_uri("/"),
    }
    if clinic.phone:
        data["telephone"] = clinic.phone.as_e164
    return data


def person(expert: Expert, request: HttpRequest) -> dict:
    url = request.build_absolute_uri(reverse("expert", args=[expert.slug]))
    data = {
        "@type": "Person",
        "@id": url,
        "url": url,
        "name": expert.name,
        "jobTitle": expert.role,
    }
    if expert.post_nominals:
        data["honorificSuffix"] = expert.post_nominals
    if expert.register:
        data["identifier"] = {
            "@type": "PropertyValue",
            "propertyID": expert.register,
            "value": expert.register_number,
        }
    return data


def _citation(source: Source) -> dict:
    kind = "ScholarlyArticle" if source.kind == Source.Kind.JOURNAL else "CreativeWork"
    data = {"@type": kind, "name": source.title, "url": source.link()}
    if source.doi:
        data["identifier"] = f"doi:{source.doi}"
        data["sameAs"] = source.link()
    return data
