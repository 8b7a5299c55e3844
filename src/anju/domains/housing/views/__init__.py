"""Pages of housing security."""
