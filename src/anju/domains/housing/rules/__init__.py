"""Who is entitled to what, by which document: pure rules without a clock or a database (see docs/recipes/add-a-rule.md)."""
