"""The pages of the kernel's rooms: today, ledgers, figures, reports, journal, search."""
