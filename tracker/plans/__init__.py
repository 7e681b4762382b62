"""Stage 4: targets/*.toml → plans, targets and the tree of regions. Every bad entry becomes a Problem; the rest is used."""

from tracker.plans.files import read_plan, read_regions

__all__ = ["read_plan", "read_regions"]
