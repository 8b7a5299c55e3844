"""The list of texts that were handed in, and the form to hand one in: a file or pasted words."""

from __future__ import annotations

from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anju.kernel.errors import AnjuError
from anju.kernel.reading.actions import MOST_BYTES, hand_in
from anju.kernel.reading.queries import texts
from anju.ui.access import page
from anju.ui.crumbs import Crumb
from anju.ui.requests import ActedRequest

PASTED = "粘贴的文字.txt"
MOST_PASTED = 200_000


@page("reports.view")
def read_texts(request: ActedRequest) -> HttpResponseBase:
    """The newest texts; a POST hands one in and opens it."""
    context = {
        "texts": texts(by=request.actor),
        "may_hand_in": request.actor.may("reports.build"),
        "key": uuid4().hex,
        "crumbs": [Crumb(_("报告"), "reports"), Crumb(_("读文稿"))],
    }
    if request.method != "POST":
        return render(request, "pages/reading/texts.html", context)
    try:
        content, name = _sent(request)
        row = hand_in(content, name, key=f"reading:{request.actor.staff_id}:{request.POST.get('key', '')[:64]}", by=request.actor)
    except AnjuError as error:
        pasted = request.POST.get("words", "")[:MOST_PASTED]
        return render(request, "pages/reading/texts.html", {**context, "problems": error.problems, "pasted": pasted}, status=422)
    return redirect("read-text", row.pk)


def _sent(request: ActedRequest) -> tuple[bytes, str]:
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile):
        if (sent.size or 0) > MOST_BYTES:
            raise AnjuError.of("reading.too_large", _("文件超过20MB。"), where=sent.name or "", advice=_("请分成几份再读。"))
        return sent.read(), sent.name or _("文稿")
    words = request.POST.get("words", "")
    if not words.strip():
        raise AnjuError.of(
            "reading.nothing_sent", _("没有选文件，也没有粘贴文字。"), advice=_("请选 .docx、.txt 或带文字的 .pdf，或把文字粘贴进来。")
        )
    if len(words) > MOST_PASTED:
        raise AnjuError.of("reading.too_long", _("粘贴的文字超过20万字。"), advice=_("请存成文件后上传。"))
    return words.encode("utf-8"), PASTED
