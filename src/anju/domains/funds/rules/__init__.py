"""How much must stay, may be drawn, is shared, passes a vote: pure functions over integer fen and exact ratios."""
