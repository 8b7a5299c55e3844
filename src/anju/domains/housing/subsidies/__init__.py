"""Subsidies: agreements, months, monthly runs and the reasons of every amount."""
