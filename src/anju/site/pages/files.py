"""Files of subjects: added, handed out, shown small, made void."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from anju.kernel.errors import AnjuError
from anju.kernel.files import actions, downloading, queries
from anju.kernel.files.uses import use_of
from anju.site.pages.cases.receiving import receive_with_file
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.downloads import download
from anju.ui.requests import ActedRequest, for_drawer, readable

AT_ONCE = 20
A_DAY = 24 * 3600


@require_POST
@page("files.add")
def add(request: ActedRequest, subject: str) -> HttpResponseBase:
    """Keep the files sent; each one that is refused says why, the others stay."""
    try:
        use = use_of(request.POST.get("use", ""))
    except KeyError:
        raise Http404 from None
    sent = request.FILES.getlist("file")
    role, added = readable(request.POST.get("role", ""), 60), 0
    for upload in sent[:AT_ONCE]:
        try:
            actions.add_file(upload, upload.name or "", use=use, subject=subject, role=role, by=request.actor)  # type: ignore[arg-type]
            added += 1
        except AnjuError as error:
            for problem in error.problems:
                messages.error(request, f"{readable(upload.name or '', 60)}：{problem.what}{problem.advice}")
    if added:
        messages.success(request, _("已上传 %(count)s 个文件。") % {"count": added})
        if role and receive_with_file(subject, role, by=request.actor):
            messages.success(request, _("已收材料。"))
    if len(sent) > AT_ONCE:
        messages.warning(request, _("一次最多上传 %(count)s 个，其余的请再传。") % {"count": AT_ONCE})
    elif not sent:
        messages.error(request, _("没有选择文件。"))
    return redirect(_back(request, request.POST.get("next", "")))


@require_GET
@page("files.view")
def download_file(request: ActedRequest, number: int) -> HttpResponseBase:
    """A file to keep, after it was compared with its digest."""
    handed = downloading.hand_out(number, by=request.actor)
    response = download(handed.content, handed.name, handed.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_GET
@page("files.view")
def small(request: ActedRequest, number: int) -> HttpResponseBase:
    """The small picture of a photo."""
    picture = downloading.small_picture(number, by=request.actor)
    if picture is None:
        raise Http404
    response = HttpResponse(picture, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = f"private, max-age={A_DAY}"
    return response


@page("files.void")
def void(request: ActedRequest, number: int) -> HttpResponseBase:
    """Ask why, then make a file void."""
    file = queries.get_file(number, request.actor)
    target = _back(request, request.POST.get("next", "") or request.GET.get("next", ""))
    reason = readable(request.POST.get("reason", ""), 200)
    context: dict[str, Any] = {"file": file, "next": target, "reason": reason, "crumbs": [Crumb(_("作废文件"))]}
    status = 200
    if request.method == "POST":
        try:
            actions.void_file(file, by=request.actor, reason=reason)
            messages.success(request, _("已作废。"))
            return redirect(target)
        except AnjuError as error:
            context["problems"], status = error.problems, 422
    return render(request, "pages/files/void_part.html" if for_drawer(request) else "pages/files/void.html", context, status=status)


def _back(request: ActedRequest, target: str) -> str:
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else "/"
