"""The days the county's report covers."""

from __future__ import annotations

from datetime import date

YEAR = (date(2022, 1, 1), date(2022, 12, 31))
