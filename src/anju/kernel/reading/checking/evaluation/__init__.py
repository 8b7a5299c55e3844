"""How well checking finds what is wrong and leaves alone what is right: own texts with relations written by hand, slips made at random."""
