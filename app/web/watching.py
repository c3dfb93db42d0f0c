"""Watches calls for those who follow them: each second one look for all of this process's readers together."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from app.store.calls import Call, call_for_work

if TYPE_CHECKING:
    from app.store.engine import Store

LOOK_S = 1.0


class Watch:
    """The calls that somebody follows now, and how each stood at the last look."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._followed: Counter[str] = Counter()
        self._found: dict[str, Call | None] = {}
        self._looks = 0
        self._looked = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def follow(self, call_id: str) -> AsyncIterator[None]:
        """Have a call looked at while the block lasts."""
        self._followed[call_id] += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            self._followed[call_id] -= 1
            if not self._followed[call_id]:
                del self._followed[call_id]
                self._found.pop(call_id, None)

    async def next_look(self, call_id: str) -> Call | None:
        """How the call stands at the next look; None where it was erased."""
        async with self._looked:
            looks = self._looks
            await self._looked.wait_for(lambda: self._looks > looks and call_id in self._found)
            return self._found[call_id]

    async def _run(self) -> None:
        while self._followed:
            wanted = list(self._followed)
            try:
                found = await run_in_threadpool(self._look, wanted)
            except SQLAlchemyError:
                found = {}
            async with self._looked:
                self._found |= {call_id: call for call_id, call in found.items() if call_id in self._followed}
                self._looks += 1
                self._looked.notify_all()
            await asyncio.sleep(LOOK_S)

    def _look(self, call_ids: list[str]) -> dict[str, Call | None]:
        with self._store.read() as session:
            return {call_id: call_for_work(session, call_id) for call_id in call_ids}
