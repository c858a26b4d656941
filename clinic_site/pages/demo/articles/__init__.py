"""All answers of the demo, two a topic."""

from ..shapes import Article
from .female_pattern import FEMALE_PATTERN
from .male_pattern import MALE_PATTERN
from .patchy import PATCHY
from .scalp_care import SCALP_CARE
from .shedding import SHEDDING
from .treatments_devices import DEVICES
from .treatments_injections import INJECTIONS

ARTICLES: tuple[Article, ...] = (
    *MALE_PATTERN,
    *FEMALE_PATTERN,
    *SHEDDING,
    *PATCHY,
    *INJECTIONS,
    *DEVICES,
    *SCALP_CARE,
)
