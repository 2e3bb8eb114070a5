"""junheng 均衡: rotation of teachers and principals, from the roster to an audited plan.

The names listed in ``__all__`` are the public library; everything else may change.
The laws of the house that code and tests cite as §1–§13 stand in
``docs/explanation/semantics.md``.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
