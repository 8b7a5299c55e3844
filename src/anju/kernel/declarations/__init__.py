"""Declarations: YAML read strictly, with the line of everything, for ledgers, indicators and report templates alike."""
