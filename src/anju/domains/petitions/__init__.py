"""Petitions and proposals (信访与建议): petitions, the hotline, proposals of deputies, old title problems."""
