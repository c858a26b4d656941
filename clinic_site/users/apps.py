from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "clinic_site.users"
    label = "users"
