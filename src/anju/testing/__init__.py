"""What the tests stand on: a real PostgreSQL, made-up bureaus, factories. Never imported by the product."""
