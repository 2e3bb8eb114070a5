"""The facts a pack can name (事实), each computed for a whole roster at once."""
