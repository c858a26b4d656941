"""The site's addresses with those that only a development site has."""

from django.urls import path

from clinic_site import urls
from clinic_site.core import dev_mail

urlpatterns = [
    path("dev/mail/", dev_mail.list_mails, name="list_dev_mails"),
    path("dev/mail/<str:name>/", dev_mail.show_mail, name="show_dev_mail"),
    *urls.urlpatterns,
]
