"""What is forgotten with time. The worker runs it; the README says so."""

import logging
from datetime import timedelta

from clinic_site.core.worker.timetable import register

from . import services

logger = logging.getLogger(__name__)


@register("forget who gave feedback", every=timedelta(hours=1))
def forget_visitors() -> None:
    if count := services.forget_visitors():
        logger.info("feedback made anonymous", extra={"count": count})
