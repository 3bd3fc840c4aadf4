"""What may hold of a rule's inputs."""

from __future__ import annotations

from dataclasses import dataclass

from natrium.domain.deadlines.context import Condition, Context, Expression


@dataclass(frozen=True, slots=True)
class IsGiven:
    """An optional input is there."""

    name: str

    def holds(self, context: Context) -> bool:
        """Say whether it is."""
        return self.name in context.values


@dataclass(frozen=True, slots=True)
class Equals:
    """An input has a value. One that is not there has none."""

    name: str
    value: str | int | bool

    def holds(self, context: Context) -> bool:
        """Say whether it has."""
        return context.values.get(self.name) == self.value


@dataclass(frozen=True, slots=True)
class After:
    """One day lies after another."""

    day: Expression
    than: Expression

    def holds(self, context: Context) -> bool:
        """Say whether it does."""
        return self.day.reckon(context).day > self.than.reckon(context).day


@dataclass(frozen=True, slots=True)
class Not:
    """Something does not hold."""

    other: Condition

    def holds(self, context: Context) -> bool:
        """Say whether the other fails."""
        return not self.other.holds(context)


@dataclass(frozen=True, slots=True)
class Both:
    """Several things hold. The later ones are not looked at where an earlier one fails."""

    others: tuple[Condition, ...]

    def holds(self, context: Context) -> bool:
        """Say whether all do."""
        return all(other.holds(context) for other in self.others)
