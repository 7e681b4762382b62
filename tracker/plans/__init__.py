"""Stage 4: targets/*.toml → plans, targets and the tree of regions, and back. Every bad entry becomes a Problem; the rest is used."""

from tracker.plans.files import read_plan, read_regions
from tracker.plans.writing import write_plan

__all__ = ["read_plan", "read_regions", "write_plan"]
