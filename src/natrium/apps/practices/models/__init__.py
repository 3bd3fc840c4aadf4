"""The rows of practices and people."""

from natrium.apps.practices.models.access import ApiToken, IdempotencyKey, LoginLink, Session
from natrium.apps.practices.models.practice import Member, Practice
from natrium.apps.practices.models.user import User

__all__ = ["ApiToken", "IdempotencyKey", "LoginLink", "Member", "Practice", "Session", "User"]
