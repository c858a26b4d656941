from collections.abc import Iterable

from django.conf import settings

from clinic_site.core import mail
from clinic_site.users.models import User

from .models import AnswerPage
from .sources import Source

EDITORS = "Editors"


def tell_of_trouble(*, source: Source, answers: Iterable[AnswerPage], url: str) -> int:
    """To the owners of live answers that cite the source, and to the editors.

    Returns how many people that are. Names neither source nor answers: the list
    behind the link is the newest, and the mail stays short.
    """
    answers = list(answers)
    if not answers:
        return 0
    owners = [page.owner for page in answers]
    editors = User.objects.filter(groups__name=EDITORS)
    addresses = mail.addresses_of([*owners, *editors])
    context = {
        "source": source,
        "count": len(answers),
        "url": settings.WAGTAILADMIN_BASE_URL + url,
    }
    for address in addresses:
        mail.queue("articles/source_in_trouble", to=[address], context=context)
    return len(addresses)
