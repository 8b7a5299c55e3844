from anju.testing.browser import *  # noqa: F403
