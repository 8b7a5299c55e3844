"""Every kind that is taken, kept once, encrypted on disk, and given back byte for byte."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from anju.kernel.crypto import envelopes, using
from anju.kernel.errors import AnjuError
from anju.kernel.files import contents, pictures
from anju.kernel.files.tests import samples
from anju.kernel.files.uses import MATERIAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
TAKEN = {
    "合同.pdf": samples.PDF, "照片.JPG": samples.photo(), "照片.jpeg": samples.photo(size=(10, 10)), "图.png": samples.photo("PNG"),
    "照片.heic": samples.HEIC, "批复.ofd": samples.OFD, "合同.docx": samples.DOCX, "名册.xlsx": samples.XLSX, "材料.zip": samples.ZIP,
}  # fmt: skip


def _keep(content: bytes, name: str) -> contents.Kept:
    return contents.keep(io.BytesIO(content), name, kinds=MATERIAL.kinds, max_bytes=MATERIAL.max_bytes)


def _on_disk(kept: contents.Kept) -> Path:
    return contents.subfolder("files") / kept.name[:2] / kept.name


@pytest.mark.parametrize("name", TAKEN)
def test_every_kind_comes_back_byte_for_byte(name: str) -> None:
    kept = _keep(TAKEN[name], name)
    assert contents.read(kept.name) == TAKEN[name]
    assert (kept.size, kept.digest) == (len(TAKEN[name]), contents.digest_of(TAKEN[name]))


def test_the_same_content_is_kept_once() -> None:
    first = _keep(samples.PDF, "签到表.PDF")
    place, at = _on_disk(first), _on_disk(first).stat().st_mtime_ns
    assert _keep(samples.PDF, "另一个名字.pdf").name == first.name
    assert place.stat().st_mtime_ns == at


def test_what_lies_on_disk_cannot_be_read_there() -> None:
    kept = _keep(samples.PDF, "签到表.pdf")
    stored = _on_disk(kept).read_bytes()
    assert b"PDF" not in stored
    assert _on_disk(kept).stat().st_mode & 0o777 == 0o600
    assert envelopes.version_of(stored) == using.ring().current.version


@pytest.mark.parametrize(
    "change", [lambda b: b[:-1], lambda b: b[:30] + bytes((b[30] ^ 1,)) + b[31:], lambda _b: samples.PDF + b" ", lambda _b: b""]
)
def test_a_changed_file_is_not_handed_out(change: object) -> None:
    kept = _keep(samples.PDF + str(change).encode(), "签到表.pdf")
    place = _on_disk(kept)
    place.write_bytes(change(place.read_bytes()))  # type: ignore[operator]
    with pytest.raises(AnjuError, match=r"files\.altered"):
        contents.read(kept.name)
    again = _keep(samples.PDF + str(change).encode(), "签到表.pdf")  # who uploads it again makes it whole
    assert contents.read(again.name) == samples.PDF + str(change).encode()


def test_files_of_before_there_were_envelopes_are_read_as_they_lie() -> None:
    content = samples.PDF + b"% old"
    place = contents.subfolder("files") / contents.digest_of(content)[:2] / f"{contents.digest_of(content)}.pdf"
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    assert contents.read(place.name) == content
    assert contents.rewrap() >= 1
    assert place.read_bytes() != content
    assert contents.read(place.name) == content
    assert contents.rewrap() == 0
    assert place.name in list(contents.names())


def test_a_photo_tells_when_and_where_and_its_small_picture_does_not() -> None:
    content = samples.evidence_photo()
    kept = _keep(content, "现场.jpg")
    picture = kept.picture
    assert picture is not None
    assert picture.taken_at == datetime.datetime(2023, 5, 16, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert (picture.latitude, picture.longitude) == (Decimal("31.710000"), Decimal("118.500000"))
    small = contents.thumbnail(kept.digest)
    assert small is not None
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.format == "JPEG"
        assert shown.size == (240, 320)  # turned upright
        assert not shown.getexif()
        assert "exif" not in shown.info


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1", "CMYK"])
def test_every_colour_mode_has_a_small_picture(mode: str) -> None:
    content = samples.photo("JPEG" if mode == "CMYK" else "PNG", mode=mode)
    picture = pictures.look(content, "jpg" if mode == "CMYK" else "png")
    assert (picture.width, picture.height) == (800, 600)
    with Image.open(io.BytesIO(picture.thumbnail)) as shown:
        assert shown.size == (320, 240)


@pytest.mark.parametrize(
    "exif",
    [
        {36867: "not a date"}, {36867: "2023:13:45 99:00:00"}, {36867: ""},
    ],
)  # fmt: skip
def test_nonsense_in_a_photo_is_ignored(exif: dict[int, str]) -> None:
    made = Image.Exif()
    made.get_ifd(0x8769).update(exif)
    made.get_ifd(0x8825).update({1: "N", 2: (931.0, 42.0, 36.0), 3: "E", 4: (118.0, 30.0, 0.0)})
    picture = pictures.look(samples.photo(exif=made), "jpg")
    assert (picture.taken_at, picture.latitude, picture.longitude) == (None, None, None)
