"""How ids stand in addresses."""

from django.urls import register_converter

from natrium.web.http import MAX_ID


class IdConverter:
    """A row's id: digits, and no more than a database holds. Anything else is no address of ours."""

    regex = "[0-9]{1,19}"

    def to_python(self, value: str) -> int:
        """The id. Raises ValueError for one too large to exist."""
        number = int(value)
        if number > MAX_ID:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        """The id as text."""
        return str(value)


register_converter(IdConverter, "id")
