"""Payments: batches from draft to the answer of the bank."""
