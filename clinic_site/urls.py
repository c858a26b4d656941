from django.conf import settings
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from clinic_site.core import dev_mail, files, health
from clinic_site.pages.search import search
from clinic_site.pages.serve import serve
from clinic_site.pages.sitemaps import SITEMAPS

handler400 = "clinic_site.core.errors.bad_request"
handler403 = "clinic_site.core.errors.permission_denied"
handler404 = "clinic_site.core.errors.page_not_found"
handler500 = "clinic_site.core.errors.server_error"

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("robots.txt", files.robots),
    path("favicon.ico", files.favicon),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("search/", search, name="search"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("articles.urls")),
    path("", include("consultations.urls")),
]

if settings.SERVE_MEDIA:
    urlpatterns.append(path("media/images/<str:name>", files.media))

if settings.DEV_MAIL:
    urlpatterns += [
        path("dev/mail/", dev_mail.list_mails, name="list_dev_mails"),
        path("dev/mail/<str:name>/", dev_mail.show_mail, name="show_dev_mail"),
    ]

urlpatterns += [
    # All but Wagtail's own addresses, such as the form for a page's password.
    re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", serve, name="wagtail_serve"),
    path("", include(wagtail_urls)),
]
