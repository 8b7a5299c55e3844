"""Books of housing security that are kept in its tables (see docs/recipes/keep-a-book-in-tables.md)."""

from __future__ import annotations

from anju.domains.housing.books import applications, homes, living, payments, recognitions, rentals, reviews, rewards, talents

__all__ = ["applications", "homes", "living", "payments", "recognitions", "rentals", "reviews", "rewards", "talents"]
