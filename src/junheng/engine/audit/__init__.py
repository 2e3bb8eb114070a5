"""Audit (审核): checks any plan again from roster and pack, without a solver."""
