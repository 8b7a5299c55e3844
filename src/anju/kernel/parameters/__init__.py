"""Dated, cited policy values per region: no threshold, rate or day count is a constant in code."""
