"""Books of housing security that are kept in its tables (see docs/recipes/keep-a-book-in-tables.md)."""

from __future__ import annotations

from anju.domains.housing.books import applications, homes, payments, recognitions, reviews, talents

__all__ = ["applications", "homes", "payments", "recognitions", "reviews", "talents"]
