"""The base of all wire models, and the columns that are derived from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

from workable_elt.api.wire.types import ColumnType, Kind


class Wire(BaseModel):
    """One object as Workable sends it.

    Known keys are typed, absent keys read as ``None`` and unknown keys are kept apart in
    ``extra``, so that a field that Workable adds tomorrow breaks nothing and loses nothing.
    """

    model_config = ConfigDict(extra="allow", populate_by_name=True, protected_namespaces=())

    about_person: ClassVar[bool] = False
    """Whether the object describes a person: then unknown fields are taken for personal data."""

    @property
    def extra(self) -> dict[str, Any]:
        """The keys that the model does not know, as they were sent."""
        return self.__pydantic_extra__ or {}


@dataclass(frozen=True, slots=True)
class WireColumn:
    """One declared column of a wire model."""

    name: str
    type: ColumnType
    description: str
    nullable: bool
    personal: bool
    expires: bool


def columns_of(model: type[Wire]) -> tuple[WireColumn, ...]:
    """Give the columns that a model declares, in the order of declaration.

    Raises:
        TypeError: A field has no column type; every field must be one of ``wire.types``.
    """
    return tuple(_column(name, field) for name, field in model.model_fields.items())


def _column(name: str, field: FieldInfo) -> WireColumn:
    kinds = [item for item in field.metadata if isinstance(item, Kind)]
    if len(kinds) != 1:
        raise TypeError(f"field {name!r} needs one of the types of workable_elt.api.wire.types")
    marks = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return WireColumn(
        name=name,
        type=kinds[0].column_type,
        description=field.description or "",
        nullable=not field.is_required(),
        personal=bool(marks.get("personal")),
        expires=bool(marks.get("expires")),
    )
