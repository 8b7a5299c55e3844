"""GN-02: a decision stores the versions it used, and recomputing with them gives the same, whatever was entered since."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from anju.kernel.access.actor import Actor
from anju.kernel.errors import AnjuError
from anju.kernel.parameters.actions import Citation, correct_value
from anju.kernel.parameters.basis import Basis
from anju.kernel.parameters.models import ParameterValue
from anju.kernel.parameters.tests.pages import PAGE
from anju.testing.parameters import declare_parameters, given_parameter

COUNTY, DAY = "990121", datetime.date(2023, 5, 1)


def subsidy(area: Decimal, tier: str, basis: Basis) -> int:
    """A rule as a slice writes it: rate x area x factor of the tier, in fen."""
    factor = next(row["factor"] for row in basis.rows("test.tiers") if row["tier"] == tier)
    return int(basis.fen("test.rate") * area * factor)


@pytest.mark.django_db
def test_gn_02_recomputing_a_stored_decision_gives_the_same(system: Actor) -> None:
    with declare_parameters(PAGE):
        given_parameter("test.rate", "9元", region=COUNTY, start="2023-01-01", document="示例房发〔2022〕33号")
        basis = Basis.on(DAY, COUNTY)
        decided = subsidy(Decimal("40.50"), "low", basis)
        kept = basis.as_data()
        assert decided == 21_870
        assert set(kept["used"]) == {"test.rate", "test.tiers"}
        assert basis.documents == ["示例建发〔2019〕9号", "示例房发〔2022〕33号"]

        row = ParameterValue.objects.get(pk=kept["used"]["test.rate"])
        correct_value(row, "10元", cite=Citation("示例房发〔2022〕33号", "抄错"), by=system)
        assert subsidy(Decimal("40.50"), "low", Basis.on(DAY, COUNTY)) == 24_300
        again = Basis.of_data(kept)
        assert subsidy(Decimal("40.50"), "low", again) == decided
        assert again.as_data() == kept
        with pytest.raises(AnjuError, match=r"parameters\.not_in_basis"):
            again.flag("test.open")


@pytest.mark.django_db
def test_a_value_is_asked_by_its_type() -> None:
    with declare_parameters(PAGE):
        given_parameter("test.open", True)
        given_parameter("test.share", "0.125")
        given_parameter("test.area", 60)
        given_parameter("test.day_kind", "工作日")
        given_parameter("test.publicity_days", 7)
        basis = Basis.on(DAY, COUNTY)
        assert basis.flag("test.open") is True
        assert basis.decimal("test.share") == Decimal("0.125")
        assert str(basis.decimal("test.area")) == "60.00"
        assert basis.text("test.day_kind") == "working"
        assert basis.integer("test.publicity_days") == 7
        with pytest.raises(TypeError):
            basis.integer("test.open")
        with pytest.raises(TypeError):
            basis.rows("test.share")


@pytest.mark.django_db
def test_a_stored_version_that_is_not_there_is_said() -> None:
    with pytest.raises(AnjuError, match=r"parameters\.unknown_version"):
        Basis.of_data({"day": "2023-05-01", "region": COUNTY, "used": {"test.rate": 999_999}})
