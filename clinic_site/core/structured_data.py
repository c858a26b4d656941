"""What pages say to machines (schema.org) about the site and their place in it.

Every reference by `@id` resolves within the graph that holds it.
"""

from collections.abc import Iterable

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from .context import site
from .models import Clinic

Trail = list[tuple[str, str]]


def graph(*nodes: dict) -> dict:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def reference(node: dict) -> dict:
    return {"@id": node["@id"]}


def organisation(request: HttpRequest) -> dict:
    """The clinic's name and how to reach it, with all its places."""
    frame = site(request)["site"]
    home = request.build_absolute_uri("/")
    data = {
        "@type": "MedicalOrganization",
        "@id": home + "#clinic",
        "name": frame.settings.clinic_name,
        "url": home,
        "logo": request.build_absolute_uri(static("img/favicon.svg")),
        "address": [_address(clinic) for clinic in frame.clinics],
        "sameAs": [url for _name, url in frame.settings.social_links()],
        "telephone": frame.settings.phone and frame.settings.phone.as_e164,
        "email": frame.settings.email,
    }
    return {name: value for name, value in data.items() if value}


def clinics(request: HttpRequest) -> list[dict]:
    """Each place that visitors can come to, as a part of the organisation."""
    home = request.build_absolute_uri("/")
    return [
        {
            "@type": "MedicalClinic",
            "@id": f"{home}#{clinic.slug}",
            "name": clinic.name,
            "url": home,
            "address": _address(clinic),
            "telephone": clinic.phone.as_e164,
            "hasMap": clinic.map_url(),
            "parentOrganization": {"@id": home + "#clinic"},
        }
        for clinic in site(request)["site"].clinics
    ]


def _address(clinic: Clinic) -> dict:
    lines = [line.strip() for line in clinic.address.splitlines() if line.strip()]
    return {
        "@type": "PostalAddress",
        "streetAddress": ", ".join(lines),
        "postalCode": clinic.postcode,
    }


def website(request: HttpRequest) -> dict:
    home = request.build_absolute_uri("/")
    search = request.build_absolute_uri(reverse("search"))
    return {
        "@type": "WebSite",
        "@id": home + "#website",
        "url": home,
        "name": site(request)["site"].settings.clinic_name,
        "inLanguage": "en-GB",
        "publisher": {"@id": home + "#clinic"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": search + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb(request: HttpRequest, trail: Trail, url: str) -> dict:
    """The way from the home page to `url`, as the page shows it."""
    steps = [("Home", "/"), *trail]
    return {
        "@type": "BreadcrumbList",
        "@id": url + "#breadcrumb",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": request.build_absolute_uri(address),
            }
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }


def collection(
    request: HttpRequest, *, name: str, trail: Trail, items: Iterable[tuple[str, str]]
) -> dict:
    """A page that lists others: `items` are their names and addresses."""
    url = request.build_absolute_uri(request.path)
    way = breadcrumb(request, [*trail, (name, url)], url)
    publisher, whole = organisation(request), website(request)
    page = {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": "en-GB",
        "isPartOf": reference(whole),
        "breadcrumb": reference(way),
        "mainEntity": {
            "@type": "ItemList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": item,
                    "url": request.build_absolute_uri(address),
                }
                for position, (item, address) in enumerate(items, start=1)
            ],
        },
    }
    return graph(page, way, whole, publisher)
