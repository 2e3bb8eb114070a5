"""The shipped policy packs: data only, one folder for each plan."""
