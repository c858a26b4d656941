"""What answers and people say to machines, built from what they show to readers."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from clinic_site.core import body
from clinic_site.core.context import site
from clinic_site.core.models import ClinicImage, Expert
from clinic_site.core.structured_data import (
    breadcrumb,
    graph,
    organisation,
    reference,
    website,
)

from .sources import Source

if TYPE_CHECKING:
    from .lists import TopicPage
    from .models import AnswerPage


def for_answer(
    page: "AnswerPage",
    topics: list["TopicPage"],
    sources: list[Source],
    request: HttpRequest,
) -> dict:
    """A MedicalWebPage about the question, and the Article that it holds.

    Not a QAPage: that type is for pages where visitors write the answers.
    """
    url = page.get_full_url(request)
    publisher, whole = organisation(request), website(request)
    way = breadcrumb(request, _trail(page, topics, request), url)
    web_page = {
        **_web_page(page, topics, url),
        "isPartOf": reference(whole),
        "publisher": reference(publisher),
        "breadcrumb": reference(way),
    }
    article = {
        **_article(page, topics, sources, url),
        "publisher": reference(publisher),
    }
    if page.expert:
        article["author"] = person(page.expert, request)
        web_page["author"] = reference(article["author"])
    if page.sign_off:
        web_page["reviewedBy"] = person(page.sign_off.clinician, request)
        web_page["lastReviewed"] = page.sign_off.signed_on.isoformat()
    return graph(web_page, article, way, whole, publisher)


def _web_page(page: "AnswerPage", topics: list["TopicPage"], url: str) -> dict:
    data = {
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "description": page.meta_description(),
        "inLanguage": "en-GB",
        "audience": {"@type": "PeopleAudience", "audienceType": "Patient"},
        "about": [{"@type": "Thing", "name": topic.title} for topic in topics],
        "mainEntity": _question(page, url),
        **_dates(page),
    }
    if picture := _picture(page.picture):
        data["primaryImageOfPage"] = picture
    return data


def _article(
    page: "AnswerPage", topics: list["TopicPage"], sources: list[Source], url: str
) -> dict:
    data = {
        "@type": "Article",
        "@id": url + "#article",
        "headline": page.title[:110],
        "description": page.short_answer,
        "inLanguage": "en-GB",
        "mainEntityOfPage": {"@id": url},
        "articleSection": [topic.title for topic in topics],
        "wordCount": body.word_count(page.body),
        "citation": [_citation(source) for source in sources],
        **_dates(page),
    }
    if page.evidence:
        data["keywords"] = _evidence(page)
    if picture := _picture(page.sharing_picture()):
        data["image"] = picture
    return data


def for_expert(expert: Expert, request: HttpRequest) -> dict:
    """A ProfilePage about the person, with what can be looked up about them."""
    someone = person(expert, request)
    publisher = organisation(request)
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
        someone["worksFor"] = reference(publisher)
    way = breadcrumb(
        request, [("Experts", reverse("experts")), (expert.name, url)], url
    )
    profile = {
        "@type": "ProfilePage",
        "@id": url + "#page",
        "url": url,
        "name": str(expert),
        "inLanguage": "en-GB",
        "mainEntity": reference(someone),
        "breadcrumb": reference(way),
    }
    return graph(profile, someone, way, publisher)


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


def _trail(
    page: "AnswerPage", topics: list["TopicPage"], request: HttpRequest
) -> list[tuple[str, str]]:
    """The same steps as in the breadcrumb that readers see."""
    parent = site(request)["site"].parent
    trail = [(parent["title"], parent["url"])] if parent else []
    trail += [(topic.title, topic.get_url(request)) for topic in topics[:1]]
    return [*trail, (page.title, page.get_url(request))]


def _dates(page: "AnswerPage") -> dict:
    if not page.first_published_at:
        return {}
    return {
        "datePublished": page.first_published_at.isoformat(),
        "dateModified": page.changed_on().isoformat(),
    }


def _question(page: "AnswerPage", url: str) -> dict:
    data = {
        "@type": "Question",
        "name": page.title,
        "text": page.question,
        "author": {"@type": "Person", "name": page.asker_name},
        "answerCount": 1,
        "acceptedAnswer": {
            "@type": "Answer",
            "text": page.short_answer,
            "url": url + "#short-answer",
        },
    }
    if page.asked_on:
        data["dateCreated"] = page.asked_on.isoformat()
    return data


def _evidence(page: "AnswerPage") -> dict:
    """A term of our own: schema.org grades guidelines only, and this is none."""
    return {
        "@type": "DefinedTerm",
        "inDefinedTermSet": "Evidence rating",
        "name": page.get_evidence_display(),
        "description": page.evidence_in_words(),
    }


def _picture(picture: ClinicImage | None) -> dict | None:
    made = picture.widest_jpeg() if picture else None
    if not made:
        return None
    data = {
        "@type": "ImageObject",
        "url": made.full_url,
        "width": made.width,
        "height": made.height,
    }
    return data | ({"creditText": picture.credit} if picture.credit else {})


def _citation(source: Source) -> dict:
    is_paper = source.kind == Source.Kind.JOURNAL
    where = "Periodical" if is_paper else "CreativeWork"
    data = {
        "@type": "ScholarlyArticle" if is_paper else "CreativeWork",
        "name": source.title,
        "url": source.link(),
        "isPartOf": {"@type": where, "name": source.container},
    }
    if source.doi:
        data["identifier"] = f"doi:{source.doi}"
        data["sameAs"] = source.link()
    if source.status != Source.Status.OK:
        data["creativeWorkStatus"] = source.get_status_display()
    return data
