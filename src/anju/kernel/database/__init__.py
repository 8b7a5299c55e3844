"""The PostgreSQL behind everything: the embedded server, the two roles, and the address the settings read."""
