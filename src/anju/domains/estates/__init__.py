"""Property management (物业): enterprises and residential estates."""
