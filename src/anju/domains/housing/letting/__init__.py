"""Letting public rental homes: who waits, what is offered, the ballot, and who gets which home (令11号第二章、第三章)."""
