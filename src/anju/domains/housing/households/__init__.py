"""Households: who lives together, what they earn, have and own, and whether they may be checked."""
