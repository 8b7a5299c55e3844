"""Quality and safety (质量安全): supervision, inspections and their papers, hazards, accidents, model sites."""
