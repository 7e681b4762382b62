"""How fast the reader of documents is, in one run and one process: over 2 MB of made-up county news, by CPU time.

Characters a second of `read_figures` beside `re.findall(r"[0-9][0-9,.]*", text)` on the same text, and beside JioNLP and Recognizers-Text
where they are installed (`pip install -e '.[benchmark]'`). They go by turns, round by round, and the medians of the rounds count:
the machine drifts more between rounds than within one. Then how the time grows with one text's length, and each reader's peak memory.

    python reader.py                2 MB, 5 rounds
    python reader.py --rounds 1     a quick look
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from measure import Case, run

BYTES = 2_000_000
DOCUMENT = 5000
"""Characters of one document, as much as a long newspaper page."""
FLOOR = "re.findall"
OWN = "tracker"
AIM = 1_000_000
"""Characters a second that the reader is to reach."""
FEW = 2
"""Documents given to a peer that would take minutes for all."""
SLOW = "Recognizers-Text"

PLACES = ("青禾县", "云川市", "松石县", "白川高新区", "禾川经开区", "上禾镇", "湖南禾芯电子有限公司", "全县", "园区")
SUBJECTS = (
    "规模工业增加值",
    "固定资产投资",
    "社会消费品零售总额",
    "一般公共预算收入",
    "茶叶产量",
    "粮食总产",
    "旅游收入",
)
PERIODS = ("2024年", "2024年1-8月", "上半年", "一季度", "截至目前", "去年", "今年以来", "“十四五”期间")
PLAIN = (
    "各级各部门深入开展走访调研，及时回应企业关切，协调解决用地、用工、融资等难题。",
    "会议强调，要坚持问题导向，压实工作责任，一项一项抓落实，一件一件抓到位。",
    "走进车间，机器轰鸣，工人们正在生产线上忙碌，一派热火朝天的景象。",
    "近日，记者沿着320国道来到这里，村口的石碑上刻着“1+3+X”几个大字。",
    "当地持续优化营商环境，推行“一件事一次办”，办事群众纷纷点赞。",
    "大家一致认为，产业是发展的根基，项目是增长的引擎，人才是创新的源泉。",
)


def sentence(dice: random.Random) -> str:
    """One sentence as reports write them: every second without a number, the others with one to three."""
    if dice.random() < 0.5:  # noqa: PLR2004 - half
        return dice.choice(PLAIN)
    place, subject, other, period = (dice.choice(words) for words in (PLACES, SUBJECTS, SUBJECTS, PERIODS))
    money, share, count = f"{dice.uniform(1, 400):.2f}", f"{dice.uniform(0.1, 30):.1f}", dice.randrange(2, 900)
    shapes = (
        f"{period}，{place}{subject}达到{money}亿元，同比增长{share}%。",
        f"{place}引进项目{count}个，其中亿元以上项目{max(1, count // 5)}个，总投资超{money}亿元。",
        f"{place}{subject}、{other}分别增长{share}%、{dice.uniform(0.1, 9):.1f}%，居全省第{count % 14 + 1}位。",
        f"{place}新建厂房约{count}万平方米，带动就业{count}余人，{period}力争突破{count * 2}人。",
        f"力争到2025年，{place}{subject}翻一番，森林覆盖率稳定在{share}%以上。",
        f"审批时间由{count}天压缩到{max(1, count // 3)}天，企业成本下降{share}%。",
    )
    return dice.choice(shapes)


def document(dice: random.Random, characters: int = DOCUMENT) -> str:
    """A document: a title with its year, headings, paragraphs of some sentences."""
    parts = [f"{dice.choice(PLACES[:5])}2024年经济运行情况\n"]
    length = 0
    while length < characters:
        parts.append("".join(sentence(dice) for _ in range(dice.randrange(2, 6))) + "\n")
        length += len(parts[-1])
    return "".join(parts)


def documents(size: int, seed: int = 1) -> list[str]:
    """Documents of so many bytes of UTF-8 in all."""
    dice, made, total = random.Random(seed), list[str](), 0
    while total < size:
        made.append(document(dice))
        total += len(made[-1].encode())
    return made


def count_numbers(text: str) -> int:
    """The floor: what finding the digits alone costs."""
    return len(re.findall(r"[0-9][0-9,.]*", text))


def load_floor() -> Callable[[str], int]:
    """The floor."""
    return count_numbers


def load_own() -> Callable[[str], int]:
    """The reader under test."""
    from tracker.figures.reading import read_figures  # noqa: PLC0415 - no other reader's memory has it

    return lambda text: len(read_figures(text))


def load_jionlp() -> Callable[[str], int]:
    """JioNLP, which reads money alone."""
    jionlp: Any = importlib.import_module("jionlp")
    return lambda text: len(jionlp.ner.extract_money(text) or ())


def load_recognizers() -> Callable[[str], int]:
    """Recognizers-Text: percentages, numbers, currencies and dimensions."""
    units: Any = importlib.import_module("recognizers_number_with_unit")
    numbers: Any = importlib.import_module("recognizers_number")
    readers = (
        numbers.recognize_percentage,
        numbers.recognize_number,
        units.recognize_currency,
        units.recognize_dimension,
    )
    return lambda text: sum(len(read(text, "zh-cn")) for read in readers)


LOADERS = {FLOOR: load_floor, OWN: load_own, "JioNLP (money)": load_jionlp, SLOW: load_recognizers}


def installed() -> dict[str, Callable[[str], int]]:
    """The readers that are installed."""
    found = {}
    for name, load in LOADERS.items():
        with contextlib.suppress(ImportError):
            found[name] = load()
    return found


class Speed(NamedTuple):
    """One reader: characters a second, and how many times as long as the floor of the same round it took."""

    name: str
    speed: float
    against_floor: float
    told: int


def share(name: str, texts: Sequence[str]) -> Sequence[str]:
    """The documents that a reader is given."""
    return texts[:FEW] if name == SLOW else texts


def seconds(read: Callable[[str], int], texts: Sequence[str]) -> tuple[float, int]:
    """CPU time for all texts, which waiting for others does not touch, and how much was found."""
    start = time.process_time()
    told = sum(map(read, texts))
    return time.process_time() - start, told


def measure_speeds(readers: dict[str, Callable[[str], int]], texts: Sequence[str], rounds: int) -> list[Speed]:
    """All readers by turns. One that is very slow is given a part of the texts, and so is the floor for its ratio."""
    given, times = dict[str, Sequence[str]](), dict[str, list[tuple[float, float]]]()
    told: dict[str, int] = {}
    for name, read in readers.items():
        given[name] = share(name, texts)
        read(texts[0])  # what a reader loads when it is first used is no part of its speed
        times[name] = []
    for _ in range(rounds):
        for name, read in readers.items():
            floor, _ = seconds(count_numbers, given[name])
            own, told[name] = seconds(read, given[name])
            times[name].append((own, floor))
    return [
        Speed(
            name,
            sum(map(len, given[name])) / statistics.median(own for own, _ in pairs),
            statistics.median(own / floor for own, floor in pairs),
            told[name],
        )
        for name, pairs in times.items()
    ]


def growth(
    read: Callable[[str], int], steps: Sequence[int] = (1, 2, 4, 8), unit: int = 50_000, rounds: int = 3
) -> list[tuple[int, float]]:
    """(characters, seconds) of one text of 1, 2, 4 and 8 times the length; the least of the rounds."""
    text = document(random.Random(2), unit * max(steps))
    return [(unit * step, min(seconds(read, [text[: unit * step]])[0] for _ in range(rounds))) for step in steps]


HOSTILE = {
    "digits": "9" * 1000,
    "万": "万" * 1000,
    "tabs": "\t" * 1000,
    "nested brackets": "（" * 500 + "）" * 500,
    "Chinese numerals": "一二三四五" * 200,
    "lists": "1、2、3、" * 167,
    "ranges": "1-2-3-4-" * 125,
    "one sentence": "规模工业增加值增长8%，" * 84,
    "no sentence end": "青禾县" * 334,
    "one-cell lines": "指标\n5\n" * 200,
    "table": "指标\t5\t6\n" * 125,
}


def hostile(read: Callable[[str], int], times: int = 8) -> list[tuple[str, float]]:
    """How many times as long a shape takes when it is eight times as long: 8 is linear, 64 is quadratic."""
    found = []
    for name, shape in HOSTILE.items():
        once = min(seconds(read, [shape])[0] for _ in range(3))
        often = min(seconds(read, [shape * times])[0] for _ in range(2))
        found.append((name, often / once))
    return found


def memory(name: str, size: int) -> float:
    """Peak memory in MiB of a process of its own in which one reader reads all texts as one."""
    command = [sys.executable, str(Path(__file__).resolve()), "--only", name, "--bytes", str(size)]
    return run(Case(name, command, Path.cwd(), {"PYTHONPATH": os.environ.get("PYTHONPATH", "")})).memory


def main() -> int:
    """Measure, print, and say whether the aim is reached."""
    parser = argparse.ArgumentParser(description="Measure the reader of documents.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--bytes", type=int, default=BYTES)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    given = parser.parse_args()
    texts = documents(given.bytes)
    if given.only:
        with contextlib.suppress(ImportError):
            read = LOADERS[given.only]() if given.only in LOADERS else len
            print(read("".join(share(given.only, texts))))
        return 0
    # while this process is small: the kernel's account of a child begins with what its parent holds
    peaks = {name: memory(name, given.bytes) for name in ("bare", *LOADERS)}
    readers = installed()
    characters = sum(map(len, texts))
    print(
        f"{characters:,} characters in {len(texts)} documents, {given.rounds} rounds, load {os.getloadavg()[0]:.1f}\n"
    )
    print("| reader | characters/s of CPU time | × floor | found | peak memory |\n| --- | --: | --: | --: | --: |")
    speeds = measure_speeds(readers, texts, given.rounds)
    for speed in speeds:
        peak, bare = peaks[speed.name], peaks["bare"]
        print(
            f"| {speed.name} | {speed.speed / 1e6:.2f} M | {speed.against_floor:,.0f} | {speed.told:,} "
            f"| {peak:.0f} MiB, {peak - bare:+.0f} |",
            flush=True,
        )
    steps = growth(readers[OWN])
    print("\n| one text of | seconds | per character, the shortest = 1 |\n| --: | --: | --: |")
    for length, took in steps:
        print(f"| {length:,} | {took:.3f} | {took / length * steps[0][0] / steps[0][1]:.2f} |")
    print("\n| shape, eight times as long | times the time |\n| --- | --: |")
    for name, times in hostile(readers[OWN]):
        print(f"| {name} | {times:.1f} |")
    own = next(speed for speed in speeds if speed.name == OWN)
    print(f"\naim {AIM / 1e6:.0f} M characters/s: {'reached' if own.speed >= AIM else 'missed'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
