"""Wholes and the parts the text gives them: what 其中 names, what 合计 adds up, what a list divides, what is done and what is left.

Only what stands together in the text is a candidate; no set of figures is ever searched for a sum that happens to fit. Values decide
nothing but which of two lists the words allow is meant, so that a wrong number does not hide the relation it breaks.
"""
