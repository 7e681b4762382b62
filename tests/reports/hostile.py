"""A workspace whose every text would do something if it were believed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli_w

TEXTS = {
    "rich": "[bold red]x[/] [link=https://evil.example]y[/link] [/]",
    "pipe": "a|b||c",
    "stars": "*a* **b** _c_ ~~d~~ __e__",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "comment": "<!-- a --> <!DOCTYPE x> </td></tr></table>",
    "ticks": "`a` ``b`` ```c",
    "newline": "a\nb\r\n\n# c\n- d\n\n    e",
    "ansi": "\x1b[31mred\x1b[0m\x1b]0;title\x07 \x9b31m \x08\x7f",
    "link": "[x](javascript:alert(1)) ![y](https://evil.example/z.png) <https://evil.example>",
    "bare": "https://evil.example/a www.evil.example ftp://evil.example mail@evil.example",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "plus": "+1+1",
    "sum": "@SUM(A1:A9)",
    "minus": "-1+1",
    "tab": "\t=1+1",
    "rtl": "\u202eabc\u202c \u2066x\u2069 \u200fy",
    "emoji": "👩‍👩‍👧 🇨🇳 ❤️ 5️⃣ 🀄",
    "zero": "零\u200b宽\u200d度\ufeff",
    "combining": "e\u0301e\u0301 한국 ﷽",
    "entity": "&lt;b&gt; &amp; &#60;i&#62;",
    "math": "$x^2$ \\(y\\) {{ z }} {% raw %} {#id .class}",
    "footnote": "[^1] [^1]: x [@cite] [ref]",
    "number": "1. a",
    "bracket": "2) b",
    "quote": "> a",
    "heading": "# a #",
    "rule": "---",
    "setext": "===",
    "backslash": "a\\|b\\",
    "percent": "% a %s {0} {key}",
    "nul": "a\x00b",
    "long": "长" * 400,
    "letters": "x" * 400,
}
"""Each of a kind. What a person reads of them is the text without control characters, its blanks run together."""
VERY_LONG = "很长的单位名称" * 300
COUNTY, PARK = "县[red]\x1b[31m\u202e|=1", "园<script>`*`"


def make(root: Path) -> Path:
    """A plan with a target and an entry for each text, which stands in all their fields."""
    for name in ("targets", "actuals", "seeds"):
        (root / name).mkdir(parents=True)
    _write(
        root / "targets" / "regions.toml",
        {
            "region": [
                {"name": COUNTY, "type": "county", "aliases": ["\x1b]52;c;eA==\x07"]},
                {"name": PARK, "type": "park", "within": COUNTY},
            ]
        },
    )
    targets: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    for name, text in TEXTS.items():
        more: dict[str, Any] = {"kind": "quantity", "value": 10, "unit": "个", "accumulation": "flow"}
        targets.append(
            {
                "id": name,
                "indicator": text,
                "aliases": [text],
                **more,
                "comparison": "at_least",
                "region": PARK if len(targets) % 2 else COUNTY,
                "section": text,
                "lead": VERY_LONG if name == "long" else text,
                "support": [text],
                "note": text,
                "source": {"document": f"{name}.txt", "span": [1, 5], "phrase": text},
            }
        )
        entries.append(
            {
                "id": f"e-{name}",
                "target": name,
                "indicator": text,
                "region": PARK,
                "period": "2024",
                "value": 3,
                "unit": "个",
                "bound": "exact",
                "verification": "reported",
                "by": text,
                "note": VERY_LONG[:2000],
                "source": {"document": text, "phrase": text},
            }
        )
        entries.append({"id": f"p-{name}", "target": name, "region": COUNTY, "proxy": True, "source": {"phrase": text}})
    head = {"id": "hostile", "title": " ".join(TEXTS[name] for name in ("script", "ansi", "rich", "link"))}
    _write(root / "targets" / "hostile.toml", {"plan": {**head, "region": COUNTY, "period": "2024"}, "target": targets})
    _write(root / "actuals" / "hostile.toml", {"actual": entries})
    return root


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
