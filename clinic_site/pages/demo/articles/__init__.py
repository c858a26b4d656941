"""All answers of the demo, two a topic."""

from .female_pattern import FEMALE_PATTERN
from .male_pattern import MALE_PATTERN
from .patchy import PATCHY
from .scalp_care import SCALP_CARE
from .shedding import SHEDDING
from .treatments_devices import DEVICES
from .treatments_injections import INJECTIONS
from ..shapes import Article

ARTICLES: tuple[Article, ...] = (
    *MALE_PATTERN,
    *FEMALE_PATTERN,
    *SHEDDING,
    *PATCHY,
    *INJECTIONS,
    *DEVICES,
    *SCALP_CARE,
)
