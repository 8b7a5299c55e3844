"""The days the city's half-year report covers."""

from __future__ import annotations

from datetime import date

H1 = (date(2023, 1, 1), date(2023, 6, 30))
LAST_H1 = (date(2022, 1, 1), date(2022, 6, 30))
