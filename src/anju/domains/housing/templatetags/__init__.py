"""Template words of housing security."""
