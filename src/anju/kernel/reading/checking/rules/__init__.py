"""One rule, or one small family of rules, in each file: a function from an examined text to its findings."""
