"""Django's entry for this app."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """The `clients` app."""

    name = "natrium.apps.clients"
