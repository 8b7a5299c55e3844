"""Photos: their size in pixels, when and where they were taken, and small pictures of them."""

from __future__ import annotations

import datetime
import io
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image, ImageOps, UnidentifiedImageError

from anju.kernel.errors import AnjuError
from anju.kernel.files import faults

FORMATS = {"jpg": "JPEG", "png": "PNG"}
MAX_PIXELS = 50_000_000
THUMBNAIL = 320
LOCAL = ZoneInfo("Asia/Shanghai")
_EXIF, _GPS = 0x8769, 0x8825
_TAKEN, _OFFSET, _TAKEN_PLAIN = 36867, 36881, 306


@dataclass(frozen=True, slots=True)
class Picture:
    """`taken_at` with its time zone (Chinese time when the photo names none); degrees north and east to six places."""

    width: int
    height: int
    thumbnail: bytes
    taken_at: datetime.datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


def look(content: bytes, kind: str) -> Picture:
    """Decode a picture once. The thumbnail is a JPEG of at most THUMBNAIL pixels a side, upright, without any metadata.

    Raises AnjuError `files.size` beyond MAX_PIXELS, before anything is decoded, and `files.broken`.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise _too_many_pixels()
            exif = image.getexif()
            taken_at, place = _taken_at(exif), _place(exif)
            thumbnail = _thumbnail(image)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, KeyError) as error:
        raise faults.broken("图片不完整或已损坏。") from error
    return Picture(width, height, thumbnail, taken_at, *place)


def _too_many_pixels() -> AnjuError:
    return faults.too_large(f"图片超过{MAX_PIXELS // 10_000}万像素。", "请用较小的尺寸重新拍摄或另存。")


def _thumbnail(image: Image.Image) -> bytes:
    image.draft("RGB", (2 * THUMBNAIL, 2 * THUMBNAIL))
    image.load()
    small = ImageOps.exif_transpose(image)
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    if small.mode in ("RGBA", "LA", "P", "PA"):
        clear = small.convert("RGBA")
        ground = Image.new("RGB", clear.size, "white")
        ground.paste(clear, mask=clear.getchannel("A"))
        small = ground
    written = io.BytesIO()
    # A fresh image carries neither EXIF nor comments nor colour profiles.
    plain = Image.new("RGB", small.size)
    plain.paste(small.convert("RGB"))
    plain.save(written, "JPEG", quality=78, optimize=True)
    return written.getvalue()


def _taken_at(exif: Image.Exif) -> datetime.datetime | None:
    details = _ifd(exif, _EXIF)
    written = str(details.get(_TAKEN) or exif.get(_TAKEN_PLAIN) or "").strip("\x00 ")
    try:
        plain = datetime.datetime.strptime(written[:19], "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    offset = str(details.get(_OFFSET) or "").strip("\x00 ")
    try:
        zone = datetime.datetime.strptime(offset, "%z").tzinfo if offset else LOCAL
    except ValueError:
        zone = LOCAL
    return plain.replace(tzinfo=zone)


def _place(exif: Image.Exif) -> tuple[Decimal | None, Decimal | None]:
    gps = _ifd(exif, _GPS)
    north, east = _degrees(gps.get(2), gps.get(1), "S", 90), _degrees(gps.get(4), gps.get(3), "W", 180)
    return (north, east) if north is not None and east is not None else (None, None)


def _ifd(exif: Image.Exif, tag: int) -> Mapping[int, Any]:
    try:
        return exif.get_ifd(tag)
    except (ValueError, TypeError, KeyError, OSError, SyntaxError):
        return {}


def _degrees(parts: Any, side: Any, negative: str, most: int) -> Decimal | None:
    try:
        degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
        found = degrees + minutes / 60 + seconds / 3600
    except (TypeError, ValueError, ArithmeticError):
        return None
    if not found.is_finite() or not 0 <= found <= most:
        return None
    return (-found if str(side).strip("\x00 ").upper() == negative else found).quantize(Decimal("0.000001"))
