"""`python -m anju`."""

from anju.site.cli import main

main()
