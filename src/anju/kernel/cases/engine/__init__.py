"""The state machine of a case: pure functions from a situation and a move to the next situation. No table, no clock on the wall."""
