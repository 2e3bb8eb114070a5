"""The roster (花名册): reading, checking, comparing and making it."""
