"""Floor 1: the look. Layout, components, tables and charts; knows no business word."""
