"""Rules of eligibility and amount, written once as terms: judged for one household with a trace, and for a million in columns, equally."""
