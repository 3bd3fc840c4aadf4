"""Django's entry for this app."""

from django.apps import AppConfig


class ActivityConfig(AppConfig):
    """The `activity` app."""

    name = "natrium.apps.activity"
