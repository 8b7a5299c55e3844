"""Fields encrypted at rest, blind look-up and masked display; keys live outside the database."""
