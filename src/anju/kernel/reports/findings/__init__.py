"""What a reader should know before signing: relations that do not hold, targets missed, missing bases, slips of style."""
