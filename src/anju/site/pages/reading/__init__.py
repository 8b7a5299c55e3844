"""Pages of the room that reads: hand a text in, see every figure and finding, map, silence, keep as a template, take it back annotated."""
