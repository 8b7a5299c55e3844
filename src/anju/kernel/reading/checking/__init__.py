"""Checking a text: relations between its figures, dates, names and words that do not hold, as findings with their arithmetic."""
