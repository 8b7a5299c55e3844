"""Working days and statutory clocks: dates by law, never by weekday arithmetic."""
