"""Django's entry for this app."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """The `database` app."""

    name = "natrium.apps.database"
