"""工作日历: a year at a glance, the notices behind it, entering one, and counting a legal limit."""
