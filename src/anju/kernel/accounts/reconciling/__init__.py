"""Daily equality with the bank: statements come in, lines meet transfers, what differs is somebody's work and never adjusted silently."""
