"""Texts annotated by hand and the evaluation of the reader against them.

`own/` texts were written for this project and read while the reader was built; `held_out/` texts were annotated before the reader saw them
and are not tuned on; `seeds/` has the annotations of five real reports by offset, without their text.
"""
