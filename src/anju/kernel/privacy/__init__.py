"""Personal data in the clear: seen in full only with a reason, re-encrypted when a key changes, its keys registered."""
