"""Stage 4: targets/*.toml → plans, targets and the tree of regions, and back; two versions of a plan → their differences.

Every bad entry of a file becomes a Problem; the rest is used.
"""

from tracker.plans.differences import differences
from tracker.plans.files import read_plan, read_regions
from tracker.plans.writing import write_plan

__all__ = ["differences", "read_plan", "read_regions", "write_plan"]
