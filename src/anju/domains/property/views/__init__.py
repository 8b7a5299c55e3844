"""Pages of the unit register."""
