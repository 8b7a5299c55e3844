"""Books of housing security that are kept in its tables (see docs/recipes/keep-a-book-in-tables.md)."""

from __future__ import annotations

from anju.domains.housing.books import applications, payments, recognitions, reviews, talents

__all__ = ["applications", "payments", "recognitions", "reviews", "talents"]
