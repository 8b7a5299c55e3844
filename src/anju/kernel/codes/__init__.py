"""Codes people and papers carry: resident id, unified social credit code, telephone. Pure: parse, check, mask, explain."""
