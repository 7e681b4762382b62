"""What reported figures prove about the goals of a Chinese policy plan.

Targets are read from `targets/*.toml`, reported figures from the ledger in `actuals/*.toml`. Every figure is an interval
(`超166亿元` is at least 166亿元), every target a region of values, and a verdict is only what the intervals prove.
"""

__version__ = "0.1.0"
