"""Solvers: one module for each; the only place that imports one."""
