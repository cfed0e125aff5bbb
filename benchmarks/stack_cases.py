"""How the comparison of expressions fares on STACK's own test cases, as far as they are plain algebra and calculus.

STACK is Moodle's question type for mathematics. Its cases are GPL and no part of this project; get them from
https://github.com/maths/moodle-qtype_stack and run:

    python benchmarks/stack_cases.py …/tests/fixtures/answertestfixtures.class.php

Of the rows of the tests AlgEquiv and Diff, those that are expected to end in an error and those that hold something
other than expressions in real variables are left out, and counted by what they hold. A score of 1 says that both
sides are equal, 0 that they are not; −3 that they are equal and STACK cannot tell, and −2 that they are not and STACK
takes them for equal.
"""

import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import sympy

from bpkit.checking import AnswerError, equivalent, parse
from bpkit.checking.vocabulary import CONSTANTS, FUNCTIONS

STRING = r"'(?:[^'\\]|\\.)*'"
TEXT = rf"({STRING}(?:\s*\.\s*{STRING})*)"
ROW = re.compile(rf"(?:array\(|\[)\s*'(?:AlgEquiv|Diff)'\s*,\s*{TEXT},\s*{TEXT},\s*{TEXT},\s*(-?\d+|null)")
COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)

NAME = r"%?[A-Za-z]\w*"
OTHER_KINDS = {
    "an assumption": re.compile(r"\b(assume|declare)\("),
    "a string": re.compile(r'"'),
    "±": re.compile(r"#pm#"),
    "logic": re.compile(r"\b(and|or|not|nounand|nounor|xor|xnor|implies|true|false|all|none)\b"),
    "a function's definition": re.compile(r":="),
    "an equation or inequality": re.compile(r"[=<>#]"),
    "a set": re.compile(r"\{"),
    "a list or matrix": re.compile(r"(?<!\w)\[|\bmatrix\("),
    "the complex i": re.compile(r"%i\b|\bi\b"),
    "a factorial or binomial coefficient": re.compile(r"!|\bbinomial\("),
    "infinity": re.compile(r"\b(inf|minf)\b"),
    "an unevaluated noun": re.compile(rf"'{NAME}|\bnoun\w+\(|\bdiff\(\w\("),
}
# Maxima's and STACK's own names, and ours; what ours would be expected to know is not left out for being unknown.
RENAMED = {"%pi": "pi", "%e": "e", "signum": "sign", "cosec": "csc", "cosech": "csch"}
TRANSLATED = {"lg", "root", "diff"}
USUAL = {"asinh", "acosh", "atanh", "acot", "asec", "acsc"}


@dataclass(frozen=True)
class Case:
    """One row: both answers in Maxima's notation, and STACK's score."""

    student: str
    teacher: str
    score: int | None

    def __str__(self) -> str:
        return f"{self.student}   vs   {self.teacher}"


def read(php: str) -> list[Case]:
    """Return every row of AlgEquiv and Diff."""
    rows = ROW.findall(COMMENT.sub("", php))
    return [Case(_text(row[1]), _text(row[2]), None if row[3] == "null" else int(row[3])) for row in rows]


def _text(php: str) -> str:
    return "".join(re.sub(r"\\(['\\])", r"\1", part[1:-1]) for part in re.findall(STRING, php))


def left_out(case: Case) -> str:
    """Return why a case is no plain algebra or calculus, or nothing."""
    if case.score in (-1, None):
        return "an error is expected"
    both = f"{case.student} ; {case.teacher}"
    for reason, pattern in OTHER_KINDS.items():
        if pattern.search(both):
            return reason
    for name in re.findall(rf"({NAME})\s*\(", both):
        if RENAMED.get(name, name) not in FUNCTIONS.keys() | TRANSLATED | USUAL:
            return f"{name}(…), which has no counterpart"
    return ""


def translated(maxima: str) -> str:
    """Write Maxima's notation in ours."""
    text = re.sub(NAME, lambda name: RENAMED.get(name[0], name[0]), maxima)
    text = re.sub(r"(\w)\[(\d+)\]", r"\1__\2", text)  # x[1], x_1 and x1 are three names in STACK
    text = re.sub(r"\broot\(([^(),]+),\s*([^(),]+)\)", r"(\1)^(1/\2)", text)
    text = re.sub(r"\blg\(((?:[^(),]|\([^()]*\))+)\)", r"log(\1, 10)", text)
    return re.sub(r"\blg\(", "log(", text)


def expression(maxima: str, names: set[str]) -> sympy.Expr:
    """Read one side, a derivative worked out."""
    text = translated(maxima)
    if derivative := re.fullmatch(r"diff\((.*?),(\w+)(?:,(\d+))?\)", text):
        inside, variable, times = derivative.groups()
        return parse(inside, names).diff(sympy.Symbol(variable), int(times or 1))
    return parse(text, names)


def symbols(case: Case) -> set[str]:
    """Return the names in both sides that are neither functions nor constants."""
    text = f"{translated(case.student)} ; {translated(case.teacher)}"
    names: list[str] = re.findall(r"[A-Za-z]\w*\b(?!\()", re.sub(r"\d[\d.]*e-?\d+", "", text))
    return set(names) - CONSTANTS.keys()


def real_points(left: sympy.Expr, right: sympy.Expr) -> str:
    """Tell at how many real points both sides are real and differ, by SymPy's own evaluation."""
    rng = random.Random(1)
    real = differing = 0
    names = sorted(left.free_symbols | right.free_symbols, key=str)
    for number in range(100):
        parts = 2 if number % 2 else 100  # halves and whole numbers at every other point: they may be special
        point = {name: sympy.Rational(rng.randrange(-4 * parts, 4 * parts), parts) for name in names}
        values = [side.subs(point).evalf(30) for side in (left, right)]
        if all(value.is_Float or value.is_Rational for value in values):
            real += 1
            differing += bool(abs(values[0] - values[1]) > 1e-20 * (abs(values[0]) + abs(values[1])))
    return f"of 100 real points, both sides are real at {real} and differ at {differing}"


def main(path: str) -> None:
    """Print how many of the cases come out as STACK says, and every one that does not."""
    cases = read(Path(path).read_text(encoding="utf-8"))
    reasons = {case: left_out(case) for case in dict.fromkeys(cases)}
    print(f"{len(cases)} rows, {len(reasons)} of them different; left out because of")
    for reason, count in Counter(filter(None, reasons.values())).most_common():
        print(f"  {count:4}  {reason}")
    found: dict[str, list[str]] = {}
    counts: Counter[tuple[int | None, str]] = Counter()
    for case in (case for case, reason in reasons.items() if not reason):
        said = ""
        try:
            left, right = expression(case.student, symbols(case)), expression(case.teacher, symbols(case))
            status = equivalent(left, right, symbols(case)).status
            if status != ("equal" if case.score in (1, -3) else "different"):
                said = real_points(left, right)
        except AnswerError as error:
            status, said = "unread", str(error)
        counts[case.score, status] += 1
        if said:
            kind = "equal" if case.score in (1, -3) else "unequal"
            found.setdefault(f"{kind} pairs, {status}", []).append(f"[{case.score:2}] {case}\n         {said}")
    for scores, said, right in (
        ((1,), "equal pairs accepted", "equal"),
        ((-3,), "equal pairs that STACK cannot tell accepted", "equal"),
        ((0, -2), "unequal pairs rejected", "different"),
    ):
        total = sum(count for (score, _), count in counts.items() if score in scores)
        good = sum(counts[score, right] for score in scores)
        print(f"\n{said}: {good} of {total}{f' ({good / total:.1%})' if total else ''}", end="")
    print()
    for heading, lines in sorted(found.items()):
        print(f"\n{heading}: {len(lines)}")
        print(*(f"  {line}" for line in lines), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1])
