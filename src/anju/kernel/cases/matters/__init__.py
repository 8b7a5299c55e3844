"""What a matter (事项) is: its declaration, how a page of YAML becomes one, and what is checked before it may be used."""
