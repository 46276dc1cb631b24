"""One module a persona, or several whose names begin with its name: pure functions from facts to findings.

`tenhats.rule.RULES` imports those of a persona when they are first asked for.
"""
