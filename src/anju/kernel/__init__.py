"""Floor 0: engines without business words. Nothing here knows a contract, a household or a permit."""
