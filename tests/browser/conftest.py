from playwright.sync_api import expect

from anju.testing.browser import *  # noqa: F403

# A first look at a report builds it; on a busy machine that takes its time.
expect.set_options(timeout=60_000)
