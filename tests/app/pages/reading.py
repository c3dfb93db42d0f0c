"""Pages as they come from the application, without a browser."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

from app.store.base import now_utc
from app.store.keys import start_session
from app.store.principals import Principal
from tests.app.web.cards import card
from tests.app.web.face import Face, soon

UNKNOWN = "0198f5d2-6c1b-7a40-9c3e-5f0a4c1d2e3f"


class Read(HTMLParser):
    """Elements of a page, and what stands in style and script."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"style": [], "script": []}
        self._open = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open in self.raw and data.strip():
            self.raw[self._open].append(data)

    @property
    def ids(self) -> list[str]:
        return [str(attrs["id"]) for _, attrs in self.tags if "id" in attrs]

    def values(self) -> dict[str, Any]:
        """What the script is given."""
        return json.loads(self.raw["script"][0])


def get(face: Face, path: str, principal: Principal | None = None, **headers: str):
    """A page as somebody's browser asks for it."""
    cookies = [headers.pop("cookie")] if "cookie" in headers else []
    if principal is not None:
        with face.service.store.write() as session:
            token, _ = start_session(session, principal, now=now_utc(), lifetime=soon(60) - now_utc())
        cookies.append(f"puhepeili={token}")
    given = {"Cookie": "; ".join(cookies)} if cookies else {}
    face.client.cookies.clear()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return face.client.get(path, headers=given | named, follow_redirects=False)


def scored(face: Face, agent: str = "aino", **more: Any) -> str:
    call = face.call(agent, **more)
    face.score(call.id, card())
    return call.id
