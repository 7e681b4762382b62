"""Stage 7: a target and its actuals → an Assessment. Pure: no clock, no files, no language.

A reported figure is an interval, a goal is a region, and a verdict is only what the interval proves. `超166亿元` in the park,
against 300亿元以上 for the county, is the floor [166亿, ∞): open, and at least 55.3 % done.
"""

from tracker.assessments.evidence import bear, elsewhere
from tracker.assessments.intervals import accepted, reported
from tracker.assessments.verdicts import assess

__all__ = ["accepted", "assess", "bear", "elsewhere", "reported"]
