"""The tenant, and the people in it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from natrium.apps.activity.models import Chained


class Practice(Chained):
    """A firm. Every other row belongs to exactly one. `setting_up`: it is new, and shown what to do first."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    weighted_progress = models.BooleanField(default=False)
    calendar = models.CharField(max_length=20, default="england")
    created_at = models.DateTimeField()
    setting_up = models.BooleanField(default=False, db_default=False)

    class Meta:
        """The calendar says which bank holidays count."""

        constraints = (
            models.CheckConstraint(
                condition=Q(calendar__in=("england", "scotland", "northern_ireland")),
                name="practice_calendar",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="practice_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Member(models.Model):
    """A user in a practice. `role` is the number of `domain.roles.Role`; `user` is empty until they are invited.

    `single_keys`: whether a letter alone acts. `by_password`: the user's password opens this practice, since it was
    set, or proved, by somebody in it.
    """

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, db_index=False, related_name="+")
    user = models.ForeignKey("practices.User", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    role = models.PositiveSmallIntegerField()
    active = models.BooleanField(default=True)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    weekly_hours = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    by_password = models.BooleanField(default=False)
    single_keys = models.BooleanField(default=True, db_default=True)

    class Meta:
        """One membership a user and an address in each practice."""

        constraints = (
            models.UniqueConstraint(fields=("practice", "user"), name="member_user"),
            models.UniqueConstraint("practice", Lower("email"), name="member_email"),
            models.CheckConstraint(condition=Q(role__gte=0, role__lte=4), name="member_role"),
            models.CheckConstraint(condition=~Q(name=""), name="member_named"),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name
