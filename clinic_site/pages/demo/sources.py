"""Sources cited by the demo answers. All are real; none is copied from."""

from .shapes import Source
from .sources_journals import JOURNALS

_OTHERS: tuple[Source, ...] = (
    Source(
        key="bad-male-pattern",
        kind="web",
        title=(
            "Hair loss male pattern (androgenetic alopecia): patient information "
            "leaflet"
        ),
        authors="British Association of Dermatologists",
        container="skinhealthinfo.org.uk",
        url=(
            "https://www.skinhealthinfo.org.uk/condition/male-pattern-hair-loss-androgenetic-alopecia/"
        ),
    ),
    Source(
        key="bad-female-pattern",
        kind="web",
        title=(
            "Female pattern hair loss (androgenetic alopecia): patient information "
            "leaflet"
        ),
        authors="British Association of Dermatologists",
        container="skinhealthinfo.org.uk",
        url="https://www.skinhealthinfo.org.uk/",
    ),
    Source(
        key="bad-telogen",
        kind="web",
        title="Telogen effluvium: patient information leaflet",
        authors="British Association of Dermatologists",
        container="skinhealthinfo.org.uk",
        url="https://www.skinhealthinfo.org.uk/condition/telogen-effluvium/",
    ),
    Source(
        key="bad-alopecia-areata",
        kind="web",
        title="Alopecia areata: patient information leaflet",
        authors="British Association of Dermatologists",
        container="skinhealthinfo.org.uk",
        url="https://www.skinhealthinfo.org.uk/condition/alopecia-areata/",
    ),
    Source(
        key="nhs-hair-loss",
        kind="web",
        title="Hair loss",
        authors="NHS",
        container="nhs.uk",
        url="https://www.nhs.uk/conditions/hair-loss/",
    ),
    Source(
        key="nhs-ringworm",
        kind="web",
        title="Ringworm",
        authors="NHS",
        container="nhs.uk",
        url="https://www.nhs.uk/conditions/ringworm/",
    ),
    Source(
        key="nhs-iron",
        kind="web",
        title="Iron deficiency anaemia",
        authors="NHS",
        container="nhs.uk",
        url="https://www.nhs.uk/conditions/iron-deficiency-anaemia/",
    ),
    Source(
        key="nhs-vitamin-b",
        kind="web",
        title="B vitamins and folic acid",
        authors="NHS",
        container="nhs.uk",
        url="https://www.nhs.uk/conditions/vitamins-and-minerals/vitamin-b/",
    ),
    Source(
        key="harries-2024",
        kind="guideline",
        title=(
            "British Association of Dermatologists living guideline for managing "
            "people with alopecia areata 2024"
        ),
        authors="Harries MJ, et al.",
        container="British Journal of Dermatology",
        year=2024,
        doi="10.1093/bjd/ljae385",
        pmid="39432739",
    ),
    Source(
        key="fuller-2014",
        kind="guideline",
        title=(
            "British Association of Dermatologists’ guidelines for the management of "
            "tinea capitis 2014"
        ),
        authors=(
            "Fuller LC, Barton RC, Mohd Mustapa MF, Proudfoot LE, Punjabi SP, Higgins "
            "EM"
        ),
        container="British Journal of Dermatology",
        year=2014,
        doi="10.1111/bjd.13196",
    ),
    Source(
        key="mmwr-2005",
        kind="regulator",
        study_type="cases",
        population="human",
        title=(
            "Outbreak of mesotherapy-associated skin reactions - District of Columbia "
            "area, January-February 2005"
        ),
        authors="Centers for Disease Control and Prevention",
        container="Morbidity and Mortality Weekly Report",
        year=2005,
        pmid="16280971",
        url="https://www.cdc.gov/mmwr/preview/mmwrhtml/mm5444a4.htm",
    ),
    Source(
        key="fda-2019",
        kind="regulator",
        title=(
            "Update: the FDA warns that biotin may interfere with lab tests: FDA "
            "safety communication"
        ),
        authors="US Food and Drug Administration",
        container="fda.gov",
        year=2019,
        url=(
            "https://www.fda.gov/medical-devices/safety-communications/update-fda-warns-biotin-may-interfere-lab-tests-fda-safety-communication"
        ),
    ),
)

SOURCES: dict[str, Source] = {source.key: source for source in (*JOURNALS, *_OTHERS)}
