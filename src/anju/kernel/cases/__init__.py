"""Casework: a catalogue of matters, and cases that move through their stages under legal clocks."""
