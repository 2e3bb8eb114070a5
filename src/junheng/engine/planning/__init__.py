"""Planning (编制方案): who goes where, proven best under the rules."""
