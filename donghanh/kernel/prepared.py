"""Statements compiled once. The hot paths ask the same few questions thousands of times a day, and
building their SQL costs Django ten times what the database needs to answer.

`Prepared(lambda: Model.objects.filter(pk=Slot("pk", UUIDField())))` is an ordinary queryset with named holes;
`.first(pk=…)` gives what the queryset would give. `insert` and `guarded_update` write one row each.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Generic, TypeVar, cast

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)


class Slot(Expression):
    """A named hole of a prepared query; filled anew at each execution."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A placeholder and, as its parameter, the hole itself."""
        return "%s", [self]

    def filled(self, value: Any) -> Any:
        """A value as the database takes it."""
        return self.output_field.get_db_prep_value(value, connection)


class Prepared(Generic[Row]):
    """A queryset of whole rows (joined ones too) whose SQL is made at its first use."""

    def __init__(self, build: Callable[[], QuerySet[Row]]) -> None:
        self._build = build
        self._compiler: SQLCompiler | None = None

    def rows(self, **values: Any) -> list[Row]:
        """All rows, as the queryset gives them."""
        compiler = self._compiled()
        params = tuple(one.filled(values[one.name]) if isinstance(one, Slot) else one for one in self._params)
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        if self._converters:
            found = list(compiler.apply_converters(found, self._converters))
        return [self._row(values_) for values_ in found]

    def first(self, **values: Any) -> Row | None:
        """The first row, or None. The queryset limits itself where it matters."""
        return next(iter(self.rows(**values)), None)

    def _row(self, values: Any) -> Row:
        row = self._model.from_db("default", self._names, values[self._start : self._end])
        for populator in self._populators:
            populator.populate(values, row)
        return row

    def _compiled(self) -> SQLCompiler:
        if self._compiler is None:
            queryset = self._build()
            compiler = queryset.query.get_compiler("default")
            self._sql, self._params = compiler.as_sql()
            info = cast(dict[str, Any], compiler.klass_info)
            self._model = cast(type[Row], info["model"])
            fields = info["select_fields"]
            self._start, self._end = fields[0], fields[-1] + 1
            select = cast(list[Any], compiler.select)
            self._names = [column[0].target.attname for column in select[self._start : self._end]]
            self._populators = get_related_populators(info, select, "default")  # type: ignore[call-arg]
            self._converters = compiler.get_converters([column[0] for column in select])
            self._compiler = compiler
        return self._compiler


def insert(row: Model) -> None:
    """Write a new row, as `save(force_insert=True)` does; a key made by the database is not read back."""
    sql, fields = _insert_of(type(row))
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    row._state.adding, row._state.db = False, "default"


def guarded_update(row: Model, changes: dict[str, Any], **seen: Any) -> bool:
    """Change one row only if it is still as seen: `filter(pk=…, **seen).update(**changes)`, yes or no."""
    empty = tuple(name for name, value in seen.items() if value is None)
    full = {name: value for name, value in seen.items() if value is not None}
    sql, fields = _update_of(type(row), tuple(changes), tuple(full), empty)
    given = [*changes.values(), row.pk, *full.values()]
    values = [field.get_db_prep_save(value, connection) for field, value in zip(fields, given, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return bool(cursor.rowcount)


@lru_cache(maxsize=64)
def _insert_of(model: type[Model]) -> tuple[str, list[Field[Any, Any]]]:
    key = model._meta.auto_field
    fields = [field for field in model._meta.concrete_fields if field is not key]
    names = ", ".join(_quoted(field) for field in fields)
    holes = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES ({holes})", fields


@lru_cache(maxsize=256)
def _update_of(
    model: type[Model], changed: tuple[str, ...], seen: tuple[str, ...], empty: tuple[str, ...]
) -> tuple[str, list[Field[Any, Any]]]:
    by_name = {name: field for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    pk = model._meta.pk
    sets = ", ".join(f"{_quoted(by_name[name])} = %s" for name in changed)
    tests = [f"{_quoted(field)} = %s" for field in (pk, *(by_name[name] for name in seen))]
    where = " AND ".join(tests + [f"{_quoted(by_name[name])} IS NULL" for name in empty])
    table = connection.ops.quote_name(model._meta.db_table)
    fields = [*(by_name[name] for name in changed), pk, *(by_name[name] for name in seen)]
    return f"UPDATE {table} SET {sets} WHERE {where}", fields


def _quoted(field: Field[Any, Any]) -> str:
    return connection.ops.quote_name(str(field.column))
