"""Tests of the books of housing security."""
