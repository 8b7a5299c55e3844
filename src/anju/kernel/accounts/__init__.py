"""Double entry in integer fen: other people's money, held by the database's own rules."""
