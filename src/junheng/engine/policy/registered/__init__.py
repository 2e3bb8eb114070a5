"""The registered facts (事实), by what they are about; one module for each theme."""
