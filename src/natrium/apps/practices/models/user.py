"""Who signs in."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.db.models import F
from django.db.models.functions import Lower
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes users, their e-mail always in lower case."""

    def create_user(
        self, email: str, password: str | None = None, name: str = "", at: datetime | None = None
    ) -> "User":
        """Make a user; without a password one that can only sign in by link. Raises ValueError without an e-mail."""
        if not email.strip():
            message = "A user needs an e-mail address."
            raise ValueError(message)
        user = self.model(email=email.strip().lower(), name=name, date_joined=at or timezone.now())
        if password is None:
            # Django's own unusable password ends in random letters; what nobody can type needs none.
            user.password = f"{UNUSABLE_PASSWORD_PREFIX}none"
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail in any case. Raises User.DoesNotExist."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who can sign in, in one practice or several. What they may do is the member's role, not theirs."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, default="", blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        """E-mail addresses are kept in one form, so that unique means unique."""

        constraints = (models.CheckConstraint(condition=models.Q(email=Lower(F("email"))), name="user_email_lower"),)

    def __str__(self) -> str:
        """Return the e-mail address."""
        return self.email

    def clean(self) -> None:
        """Bring the e-mail into the form it is kept in."""
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """Return the name, or the e-mail where none is known."""
        return self.name or self.email
