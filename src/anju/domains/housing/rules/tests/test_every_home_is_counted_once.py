"""What a household owns: shares, signed-not-registered homes and homes given away lately, each unit once (HS-05)."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from anju.domains.housing.rules.holdings import WHOLE, Holding, counted, owned_area

ON = date(2023, 6, 1)
A, B = "990121001001GB00001F00010001", "990121001001GB00001F00010002"


def area(*holdings: Holding, on: date = ON) -> int | None:
    return owned_area(holdings, on=on, lookback_years=5)


def test_shares_of_two_members_in_one_unit_add_up():
    assert area(Holding(A, 9000, 5000), Holding(A, 9000, 2500)) == 9000 * 7500
    assert area(Holding(A, 9000, 5000), Holding(A, 9000, 5000)) == area(Holding(A, 9000)) == 9000 * WHOLE
    assert area(Holding(A, 9000, 8000), Holding(A, 9000, 8000)) == 9000 * WHOLE


def test_a_signed_home_counts_and_is_not_counted_again_when_registered():
    assert area(Holding(A, 8850, registered=False)) == 8850 * WHOLE
    assert area(Holding(A, 8850, registered=False), Holding(A, 8900)) == 8900 * WHOLE
    assert area(Holding(A, 8850, registered=False), Holding(B, 4000)) == (8850 + 4000) * WHOLE


def test_a_home_given_away_counts_until_the_years_are_over():
    gone = Holding(A, 6000, given_away_on=date(2018, 6, 2))
    assert area(gone) == 6000 * WHOLE
    assert area(gone, on=date(2023, 6, 2)) == 0


def test_an_unknown_area_is_not_zero():
    assert area(Holding(A, None), Holding(B, 4000)) is None
    assert area() == 0
    assert [home.why for home in counted([Holding(A, None), Holding(B, 4000, 5000)], on=ON, lookback_years=5)] == [
        "已登记，面积待查",
        "已登记，份额合计50%",
    ]


HOLDINGS = st.lists(
    st.builds(
        Holding,
        unit=st.sampled_from([A, B, "local-3"]),
        area=st.one_of(st.none(), st.integers(1, 30_000)),
        share=st.integers(1, WHOLE),
        registered=st.booleans(),
        given_away_on=st.one_of(st.none(), st.dates(date(2010, 1, 1), ON)),
    ),
    max_size=8,
)


@given(HOLDINGS)
def test_order_and_repetition_change_nothing(holdings: list[Holding]):
    assert area(*holdings) == area(*reversed(holdings))
    whole = [Holding(one.unit, one.area, WHOLE, one.registered, one.given_away_on) for one in holdings]
    assert area(*whole) == area(*whole, *whole)
