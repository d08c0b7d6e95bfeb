"""Which columns hold personal data, of what class, why, and for how long.

Law 91/2025/QH15 and Decree 356/2025/NĐ-CP articles 3 and 4 name the two classes. A house test
walks all tables: a column that no one has classified fails it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Privacy:
    """The classes of one table's columns; `purpose` and `retention` hold for all personal ones."""

    purpose: str = ""
    retention: str = ""
    basic: frozenset[str] = field(default_factory=frozenset)
    sensitive: frozenset[str] = field(default_factory=frozenset)
    none: frozenset[str] = field(default_factory=frozenset)
    impersonal: bool = False

    @property
    def classified(self) -> frozenset[str]:
        """All columns that have a class."""
        return self.basic | self.sensitive | self.none


def impersonal() -> Privacy:
    """A table without any personal column."""
    return Privacy(impersonal=True)


def personal(
    purpose: str, retention: str, *, basic: str = "", sensitive: str = "", none: str = ""
) -> Privacy:
    """Columns by class, as words parted by blanks."""
    return Privacy(
        purpose, retention, frozenset(basic.split()), frozenset(sensitive.split()), frozenset(none.split())
    )
