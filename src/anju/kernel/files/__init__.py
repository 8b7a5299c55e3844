"""Attachments and evidence: kept once by content, of known kinds, within limits."""
