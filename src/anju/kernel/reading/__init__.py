"""The road backwards: figures found in any text, checked against each other, turned into a template."""
