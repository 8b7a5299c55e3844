"""The JSON road in and out: the same actions, the same scope, described by OpenAPI at /api/docs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from anju import __version__
from anju.kernel.errors import AnjuError, Forbidden
from anju.site.api import figures, ledgers, market
from anju.site.api.access import Bearer, Session
from anju.ui.problems import is_not_there

api = NinjaAPI(
    title="安居 Anju",
    version=__version__,
    description="Sign in with `Authorization: Bearer <key>` (a key of your own, made under 接口密钥) or the browser's session.",
    auth=[Bearer(), Session()],
    docs_url=None,
    urls_namespace="api",
)
api.add_router("/ledgers", ledgers.router, tags=["ledgers"])
api.add_router("/market", market.router, tags=["market"])
api.add_router("", figures.router, tags=["figures"])


@api.exception_handler(AnjuError)
def problems(request: HttpRequest, error: Any) -> HttpResponse:
    """A refusal: 403 not permitted, 404 not there or out of scope, 422 everything else, always with code, place, words and advice."""
    status = 403 if isinstance(error, Forbidden) else 404 if is_not_there(error) else 422
    told = [{"code": p.code, "where": p.where, "what": p.what, "advice": p.advice} for p in error.problems]
    return api.create_response(request, {"problems": told}, status=status)
