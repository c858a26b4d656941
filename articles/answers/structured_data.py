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
    clinic = ClinicSettings.for_request(request)
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": page.title,
        "headline": page.title[:110],
        "description": page.meta_description(),
        "inLanguage": "en-GB",
        "audience": {"@type": "PeopleAudience", "audienceType": "Patient"},
        "publisher": {"@type": "MedicalOrganization", "name": clinic.clinic_name},
        "mainEntity": {
            "@type": "Question",
            "name": page.title,
            "text": page.question,
            "acceptedAnswer": {"@type": "Answer", "text": page.short_answer},
        },
        "citation": [_citation(source) for source in sources],
    }
    if page.first_published_at:
        data["datePublished"] = page.first_published_at.date().isoformat()
        data["dateModified"] = page.last_published_at.date().isoformat()
    if page.expert:
        data["author"] = _person(page.expert)
    if page.reviewer and page.reviewed_on:
        data["reviewedBy"] = _person(page.reviewer)
        data["lastReviewed"] = page.reviewed_on.isoformat()
    return data


def _person(expert: Expert) -> dict:
    person = {"@type": "Person", "name": expert.name, "jobTitle": expert.role}
    if expert.post_nominals:
        person["honorificSuffix"] = expert.post_nominals
    return person


def _citation(source: Source) -> dict:
    kind = "ScholarlyArticle" if source.kind == Source.Kind.JOURNAL else "CreativeWork"
    citation = {"@type": kind, "name": source.title, "url": source.link()}
    if source.year:
        citation["datePublished"] = str(source.year)
    return citation
