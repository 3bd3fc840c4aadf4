"""Django's entry for this app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The `notifications` app."""

    name = "natrium.apps.notifications"
