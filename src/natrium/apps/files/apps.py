"""Django's entry for this app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The `files` app."""

    name = "natrium.apps.files"
