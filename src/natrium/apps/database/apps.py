"""Django's entry for this app."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """The `database` app."""

    name = "natrium.apps.database"

    def ready(self) -> None:
        """Make both drivers read and write moments alike, before the first connection is used."""
        from natrium.apps.database.values import register  # noqa: PLC0415 - the registry must be ready

        register()
