"""All answers of the demo, two a topic."""

from .articles_female_pattern import FEMALE_PATTERN
from .articles_male_pattern import MALE_PATTERN
from .articles_patchy import PATCHY
from .articles_scalp_care import SCALP_CARE
from .articles_shedding import SHEDDING
from .articles_treatments_devices import DEVICES
from .articles_treatments_injections import INJECTIONS
from .shapes import Article

ARTICLES: tuple[Article, ...] = (
    *MALE_PATTERN,
    *FEMALE_PATTERN,
    *SHEDDING,
    *PATCHY,
    *INJECTIONS,
    *DEVICES,
    *SCALP_CARE,
)
