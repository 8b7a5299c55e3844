"""The road back: each figure of a text to an indicator, and the text to a template whose figures fill themselves."""
