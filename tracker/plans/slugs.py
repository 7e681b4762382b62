"""Ids of drafted goals: the kind and six letters of a hash of what the goal is about.

They depend on nothing but kind, indicator, region and period, so a goal keeps its id when its value is revised or others come and
go: `quantity-h4x2mq`. Goals that agree in all of these are numbered in their order.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from tracker.model import Target

_LETTERS = 6
_NOT_SLUG = re.compile(r"[^a-z0-9._-]+")
_LONGEST = 80


def slug(*words: str) -> str:
    """Six letters that stand for some words."""
    digest = hashlib.sha256("\0".join(words).encode()).digest()
    return base64.b32encode(digest).decode().lower()[:_LETTERS]


def with_ids(targets: Iterable[Target]) -> list[Target]:
    """The targets with their ids, unique among them."""
    seen: Counter[str] = Counter()
    named = []
    for target in targets:
        period = target.period.text if target.period else ""
        id_ = f"{target.kind}-{slug(target.kind, target.indicator, target.region, period)}"
        seen[id_] += 1
        named.append(target._replace(id=id_ if seen[id_] == 1 else f"{id_}-{seen[id_]}"))
    return named


def plan_id(name: str) -> str:
    """A plan's id for a document's file name: its ASCII letters, or a hash where it has none."""
    stem = name.rsplit(".", 1)[0].lower() if "." in name else name.lower()
    plain = _NOT_SLUG.sub("-", stem).strip("-._")
    return plain[:_LONGEST] if re.search("[a-z]", plain) else f"plan-{slug(name)}"
