from urllib.parse import unquote

from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site


class GoneAddressQuerySet(models.QuerySet):
    def record(self, page: Page) -> None:
        """The page is withdrawn: remember where it stood, even if it moves later."""
        if path := address_of(page):
            self.get_or_create(path=path)

    def forget(self, page: Page) -> None:
        """The page is live again: neither withdrawn nor standing in for another."""
        path = address_of(page)
        if path and self.filter(path=path).delete()[0]:
            redirects_at(page).delete()

    def includes(self, request: HttpRequest) -> bool:
        """Whether a withdrawn page stood at the address asked for, in one query.

        A page that was live and is not, such as one that expired, needs no row
        of its own here while it stays where it was.
        """
        path = request.path.rstrip("/") + "/"
        site = Site.find_for_request(request)
        if site is None or "\x00" in path:
            return False
        offline = Page.objects.filter(
            url_path=site.root_page.url_path + path[1:],
            live=False,
            last_published_at__isnull=False,
        )
        rows = self.filter(path=path).values("pk")
        return rows.union(offline.order_by().values("pk")).exists()


class GoneAddress(models.Model):
    """An address at which a page was withdrawn. Answered with 410, not 404.

    A live page or a redirect at the same address always wins.
    """

    path = models.CharField(max_length=1000, unique=True)
    since = models.DateTimeField(default=timezone.now)

    objects = GoneAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "gone addresses"

    def __str__(self) -> str:
        return self.path


def address_of(page: Page) -> str:
    """The path visitors use, live or not; empty outside every site."""
    parts = page.get_url_parts()
    return unquote(parts[2]) if parts else ""


def redirects_at(page: Page) -> models.QuerySet:
    """What would lead visitors away from the page's own address."""
    parts = page.get_url_parts()
    if not parts:
        return Redirect.objects.none()
    return Redirect.objects.filter(
        Q(site=parts[0]) | Q(site=None),
        old_path=Redirect.normalise_path(unquote(parts[2])),
    )
