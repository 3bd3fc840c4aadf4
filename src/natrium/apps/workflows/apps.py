"""Django's entry for this app."""

from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    """The `workflows` app."""

    name = "natrium.apps.workflows"
