"""The pictures of a result: from plain frames to specifications, from these to files."""
