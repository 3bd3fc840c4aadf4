"""Django's entry for this app."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """The `tasks` app."""

    name = "natrium.apps.tasks"
