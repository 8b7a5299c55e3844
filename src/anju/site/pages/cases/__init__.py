"""Pages of casework: what waits, the case, the counter."""
