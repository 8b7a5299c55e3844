"""Subsidies of purchases and recognition letters: claimed, decided, and kept once per person and home."""
