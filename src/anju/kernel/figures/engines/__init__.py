"""Two engines behind one definition: DuckDB over the snapshot, PostgreSQL over the fact views."""
