"""Django's entry for this app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """The `catalogue` app."""

    name = "natrium.apps.catalogue"
