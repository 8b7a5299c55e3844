from anju.testing.databases import *  # noqa: F403
from anju.testing.fixtures import *  # noqa: F403
from anju.testing.homes import *  # noqa: F403
from anju.testing.sample import *  # noqa: F403
