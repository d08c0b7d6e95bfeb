"""The verbs of `donghanh pack`, one a module: what it is for, its arguments, and what it does."""
