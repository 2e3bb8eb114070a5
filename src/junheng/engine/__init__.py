"""The engine: a pure library. No web, no database, no network, no clock, no global state."""
