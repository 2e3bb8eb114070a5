"""The command line: one verb per task."""
