"""Django's entry for this app."""

from django.apps import AppConfig


class PracticesConfig(AppConfig):
    """The `practices` app."""

    name = "natrium.apps.practices"
