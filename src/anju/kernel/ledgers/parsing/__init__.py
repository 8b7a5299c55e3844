"""One cell at a time: from what somebody wrote to a typed value, or to a fault that says what to do.

These functions are the definition of every field type; `ledgers.values` runs whole columns by a faster way that must agree with them.
"""
