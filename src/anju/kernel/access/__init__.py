"""Who acts and what they may see: the two questions every other room asks. Knows no table."""
