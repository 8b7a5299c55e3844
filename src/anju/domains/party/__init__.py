"""Party building (党建): meetings, study, talks, integrity, members, major matters."""
