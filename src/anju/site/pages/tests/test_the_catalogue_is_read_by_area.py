"""The catalogue shows one business area at a time and finds words in all of them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from anju.kernel.access.actor import Actor
from anju.kernel.figures.catalogue import all_indicators
from anju.site.pages.figure_catalogue import MOST


def test_an_area_at_a_time(county_clerk: Actor, client_for: Callable[[Actor], Client]):
    browser = client_for(county_clerk)
    page = browser.get("/figures/?area=rural").content.decode()
    assert "农房改造开工率" in page
    assert "商品房销售额" not in page
    assert page.count("catalogue-row") == sum(1 for each in all_indicators().values() if each.slice == "rural")
    for area in {each.slice for each in all_indicators().values()}:
        assert f"?area={area}" in page
        assert sum(1 for each in all_indicators().values() if each.slice == area) <= MOST


def test_words_are_found_in_every_area(county_clerk: Actor, client_for: Callable[[Actor], Client]):
    page = client_for(county_clerk).get("/figures/?q=开工率&area=market").content.decode()
    for name in ("农房改造开工率", "老旧小区改造开工率", "灾后重建开工率"):
        assert name in page
    assert "商品房销售额" not in page
