"""Django's hook for the system checks."""

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the checks once every app is loaded."""

    name = "natrium.config"
    label = "config"

    def ready(self) -> None:
        """Import the module whose import registers the checks."""
        import_module("natrium.config.checks")
