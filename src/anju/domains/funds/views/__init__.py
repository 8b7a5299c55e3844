"""Pages of supervised funds."""
