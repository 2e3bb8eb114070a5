"""Other solvers on the same programmes, each in a process of its own.

A question is a programme in whole columns with objectives strictly in order; an oracle answers
with the values it reached and whether it proved them. The processes share nothing with the
planner but the arrays: two of the solvers cannot even be loaded beside each other.
"""
