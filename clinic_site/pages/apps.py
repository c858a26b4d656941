from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "clinic_site.pages"
    label = "pages"
