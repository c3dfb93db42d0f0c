"""Standards: the organisation's own target levels, each version kept."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from pydantic import BeforeValidator, ConfigDict, Field

from analysis.catalogue import BY_NAME
from analysis.norms import DEFAULT_NORMS
from app.standards import DEFAULT_NAME, FillerTable, NormTable, Standard, read_standard
from app.store.audit import record
from app.store.base import now_utc
from app.store.standards import StoredStandard, find_standard, list_standards, put_standard, versions_of
from app.web.answers import problems
from app.web.refusals import NotFound, Unusable
from app.web.security import Asker
from app.web.service import ServiceNeeded
from app.web.texts import MOST_KEYS, Answer, Asked, StandardName, few_keys

router = APIRouter(tags=["standards"])
ThisStandard = Annotated[StandardName, InPath(description="Name of the standard.", examples=["asiakaspalvelu"])]


class StandardBody(Asked):
    """Target levels that stand in place of the default ones, and filler words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "norms": {"pause_rate": {"low": 8, "high": 20, "source": "Oma koulutus 2026"}},
                    "fillers": {"mode": "extend", "particles": ["niinku"]},
                }
            ]
        },
    )

    name: StandardName | None = Field(default=None, description="As in the address, where it is given.")
    norms: Annotated[dict[str, Annotated[NormTable, BeforeValidator(few_keys)]], BeforeValidator(few_keys)] = Field(
        default_factory=dict, max_length=MOST_KEYS, json_schema_extra={"propertyNames": {"enum": list(BY_NAME)}}
    )
    fillers: Annotated[FillerTable, BeforeValidator(few_keys)] = Field(default_factory=FillerTable)


class StandardState(Answer):
    """One version of a standard."""

    name: str
    version: int
    label: str = Field(description="As scorecards show it, such as `asiakaspalvelu@2`.")
    norms: dict[str, Any]
    fillers: dict[str, Any]
    created_at: datetime | None = Field(description="None for the built-in one.")


class StandardList(Answer):
    """Standards, by name or by version."""

    items: list[StandardState]


@router.get("/v1/standards", response_model=StandardList, summary="List standards")
def list_all(service: ServiceNeeded, asker: Asker) -> StandardList:
    """The built-in standard, and the newest version of each of the organisation's own."""
    with service.store.read() as session:
        found = list_standards(session, asker.organisation_id)
    return StandardList(items=[_built_in(), *(_state(one) for one in found)])


@router.get(
    "/v1/standards/{name}", response_model=StandardState, summary="Read a standard", responses=problems(404, 422)
)
def look(
    service: ServiceNeeded,
    asker: Asker,
    name: ThisStandard,
    version: Annotated[int | None, Query(ge=1, le=1_000_000, description="The newest where none is given.")] = None,
) -> StandardState:
    """One version of a standard; `default` is the built-in one."""
    if name == DEFAULT_NAME:
        if version not in (None, 1):
            raise NotFound("problem-no-standard-version", name=name, version=version or 0)
        return _built_in()
    with service.store.read() as session:
        found = find_standard(session, asker.organisation_id, name, version)
    if found is None and version is not None:
        raise NotFound("problem-no-standard-version", name=name, version=version)
    if found is None:
        raise NotFound("problem-no-standard", name=name)
    return _state(found)


@router.get(
    "/v1/standards/{name}/versions",
    response_model=StandardList,
    summary="List a standard's versions",
    responses=problems(404, 422),
)
def versions(service: ServiceNeeded, asker: Asker, name: ThisStandard) -> StandardList:
    """All versions, newest first."""
    with service.store.read() as session:
        found = versions_of(session, asker.organisation_id, name)
    if name == DEFAULT_NAME:
        return StandardList(items=[_built_in()])
    if not found:
        raise NotFound("problem-no-standard", name=name)
    return StandardList(items=[_state(one) for one in found])


@router.put(
    "/v1/standards/{name}",
    response_model=StandardState,
    summary="Write a standard",
    responses=problems(400, 404, 413, 415, 422),
)
def put(service: ServiceNeeded, asker: Asker, name: ThisStandard, body: StandardBody) -> StandardState:
    """Keep a new version. Scorecards that were made keep theirs; the same content again makes no new version."""
    if body.name not in (None, name):
        raise Unusable("problem-name-differs", path=name, body=body.name or "")
    document = body.model_dump(mode="json", exclude_none=True, exclude={"name"})
    read_document(document | {"name": name, "version": 1})
    now = now_utc()
    with service.store.write() as session:
        made = put_standard(session, asker.organisation_id, name, document, by=asker.id, now=now)
        record(session, asker, "standard.written", now, detail={"standard": made.label})
    return _state(made)


def read_document(document: dict[str, Any]) -> Standard:
    """A standard's document, read as the workers read it.

    Raises
    ------
    InputError
        If they could not use it.
    """
    from app.jobs.inputs import toml_of

    with tempfile.TemporaryDirectory(prefix="puhepeili-standard-") as folder:
        path = Path(folder) / "standard.toml"
        path.write_text(toml_of(document), encoding="utf-8")
        return read_standard(path)


def _state(standard: StoredStandard) -> StandardState:
    return StandardState(
        name=standard.name,
        version=standard.version,
        label=standard.label,
        norms=standard.body.get("norms", {}),
        fillers=standard.body.get("fillers", {}),
        created_at=standard.created_at,
    )


def _built_in() -> StandardState:
    norms = {
        norm.measure: {"low": norm.low, "high": norm.high, "source": norm.source, "applies_to": norm.applies_to}
        for norm in DEFAULT_NORMS
    }
    return StandardState(
        name=DEFAULT_NAME, version=1, label=f"{DEFAULT_NAME}@1", norms=norms, fillers={}, created_at=None
    )
