"""Errors on the pages, as pages: a person who follows a link must not meet JSON."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from obstore.exceptions import BaseError as StorageError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.responses import Response

from analysis.message import Message
from app.errors import PuhepeiliError
from app.messages import text
from app.pages.frame import rendered
from app.pages.language import chosen_locale
from app.web.problems import AWAY_RETRY_S, SLUGS, said, status_of
from app.web.refusals import NotSignedIn

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
AWAY = (OperationalError, InterfaceError, PoolTimeoutError, StorageError)


class PageRoute(APIRoute):
    """A route whose refusals are pages with one sentence and the way back."""

    def get_route_handler(self) -> Handler:
        """The route's own handler, and what it refuses as a page."""
        handler = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handler(request)
            except NotSignedIn:
                return rendered(request, "page_welcome.html.j2", status=401)
            except PuhepeiliError as error:
                return refusal(request, status_of(error), error.message)
            except RequestValidationError:
                return refusal(request, 404, Message("problem-no-call"))
            except AWAY:
                return refusal(request, 503, Message("problem-database", {"seconds": AWAY_RETRY_S}))

        return answer


def refusal(request: Request, status: int, message: Message) -> Response:
    """A page with one sentence and the way back."""
    locale = chosen_locale(request)
    title = text(f"problem-title-{SLUGS.get(status, 'internal-error')}", locale)
    shown = {"title": title, "sentence": said(message, locale)}
    return rendered(request, "page_refusal.html.j2", status=status, shown=shown)
