"""Who the work is for."""

from django.db import models
from django.db.models import Q

from natrium.apps.activity.models import Chained

KINDS = ("limited_company", "llp", "partnership", "sole_trader", "individual", "trust", "charity")


class Client(Chained):
    """A client of the practice, with its manager and partner. `year_end_is_last_day`: 28 February means the last."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=60, default="", db_default="", blank=True)
    company_number = models.CharField(max_length=20, default="", db_default="", blank=True)
    utr = models.CharField(max_length=20, default="", db_default="", blank=True)
    vat_number = models.CharField(max_length=20, default="", db_default="", blank=True)
    manager = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    partner = models.ForeignKey(
        "practices.Member", on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    year_end_month = models.PositiveSmallIntegerField(null=True)
    year_end_day = models.PositiveSmallIntegerField(null=True)
    year_end_is_last_day = models.BooleanField(default=False, db_default=False)
    email = models.CharField(max_length=254, default="", db_default="", blank=True)
    phone = models.CharField(max_length=60, default="", db_default="", blank=True)
    notes = models.TextField(default="", db_default="", blank=True)
    active = models.BooleanField(default=True, db_default=True)
    ceased_on = models.DateField(null=True)
    created_at = models.DateTimeField()
    rev = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        """Lists go by name within the practice; a reference names one client."""

        indexes = (models.Index(fields=("practice", "name", "id"), name="client_by_name"),)
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "reference"), condition=~Q(reference=""), name="client_reference"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="client_kind"),
            models.CheckConstraint(condition=~Q(name=""), name="client_named"),
            models.CheckConstraint(
                condition=Q(year_end_month=None, year_end_day=None)
                | Q(year_end_month__gte=1, year_end_month__lte=12, year_end_day__gte=1, year_end_day__lte=31),
                name="client_year_end",
            ),
        )

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class ClientFact(models.Model):
    """What holds of a client from a day on: VAT stagger, payroll, incorporation date. `value` is text (dates ISO)."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_index=False, related_name="facts")
    field = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    from_date = models.DateField()

    class Meta:
        """One value a field and day."""

        constraints = (models.UniqueConstraint(fields=("client", "field", "from_date"), name="client_fact"),)

    def __str__(self) -> str:
        """Return field, value and day."""
        return f"{self.field}: {self.value} from {self.from_date}"


class Contact(models.Model):
    """A person at a client. `role` is in the practice's words: "Director"."""

    practice = models.ForeignKey("practices.Practice", on_delete=models.PROTECT, db_index=False, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    email = models.CharField(max_length=254, default="", db_default="", blank=True)
    phone = models.CharField(max_length=60, default="", db_default="", blank=True)
    role = models.CharField(max_length=60, default="", db_default="", blank=True)

    class Meta:
        """A contact has a name."""

        constraints = (models.CheckConstraint(condition=~Q(name=""), name="contact_named"),)

    def __str__(self) -> str:
        """Return the name."""
        return self.name
