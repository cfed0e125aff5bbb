"""Whatever is handed in, a verdict comes back: never an exception, never "correct", and nothing of it is run."""

import sys
import threading

import numpy as np
import pytest
import sympy

import bpkit
from bpkit.course import find

x = sympy.Symbol("x")


class Agrees:
    """Claims to be equal to everything."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash(x)


class Refuses:
    """Raises whatever is asked of it."""

    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise RuntimeError

    def __len__(self):
        raise RuntimeError

    def __iter__(self):
        raise RuntimeError

    def __call__(self, *arguments):
        raise RuntimeError

    def __array__(self, *arguments, **options):
        raise RuntimeError


class Leaves:
    def __getattribute__(self, name):
        raise SystemExit


class ClaimsToBeAnArray:
    def __array__(self, *arguments, **options):
        return np.array([0.0, 2, 5, 18])

    def __array_function__(self, *arguments, **options):
        return True


class ClaimsToBeSympy:
    def _sympy_(self):
        return 6 * x


class ClaimsToBeText(str):
    __slots__ = ()

    def strip(self, *arguments):
        raise RuntimeError


class OddArray(np.ndarray):
    def __array_function__(self, *arguments, **options):
        return True


def loops(*arguments):
    while True:
        pass


def recurses(*arguments):
    return recurses(*arguments)


def leaves(*arguments):
    sys.exit()


def interrupts(*arguments):
    raise KeyboardInterrupt


def returns_itself(*arguments):
    return returns_itself


def nested(depth):
    value = [1]
    for _ in range(depth):
        value = [value]
    return value


def itself():
    value = []
    value.append(value)
    return value


DEEP = x
for _ in range(300):
    DEEP = sympy.sin(DEEP)

OBJECTS = {
    "agrees": Agrees(),
    "refuses": Refuses(),
    "leaves": Leaves(),
    "array by claim": ClaimsToBeAnArray(),
    "sympy by claim": ClaimsToBeSympy(),
    "text by claim": ClaimsToBeText("6x"),
    "odd array": np.zeros(4).view(OddArray),
    "a class": Agrees,
    "a module": np,
    "a thread": threading.current_thread(),
    "a generator": (i for i in range(3)),
    "loops": loops,
    "recurses": recurses,
    "exits": leaves,
    "interrupts": interrupts,
    "returns itself": returns_itself,
    "nested": nested(5_000),
    "holds itself": itself(),
    "ragged": [[1], [2, 3]],
    "nan": float("nan"),
    "infinite": np.inf,
    "complex": 1j,
    "huge number": 10 ** (10**5),
    "huge list": [0] * 10**6,
    "huge array": np.broadcast_to(1.0, (10**9, 10**3)),
    "objects": np.array([Agrees()] * 4, object),
    "deep": DEEP,
    "not a number": x * sympy.nan,
    "unevaluated": sympy.Derivative(x**2, x),
    "odd symbol": sympy.Symbol("__import__('os').system('true')"),
    "a verdict": find("0.1").judge("6x"),
    "bpkit": bpkit,
}
TEXTS = [
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__",
    "[i for i in (1, 2)]",
    "lambda: 6x",
    "(x := 6)",
    "f'{x}'",
    "exec('x')",
    "9**9**9**9",
    "((2^99)^99)^99",
    "factorial(10**9)",
    "exp(exp(exp(1000)))",
    "7" * 10**6,
    "(" * 5_000 + "x" + ")" * 5_000,
    "-" * 1_900 + "x",
    "\\frac" * 300,
    "x\x00",
    "\u202e6x",
    "1/0",
    "log(0)",
    "sin",
    "|",
    "=",
    ",",
]
# One exercise for each kind of answer: expression, matrix, rows, array, function, derivation, several answers.
KINDS = ("0.1", "3.2", "3.1", "3.6", "1.7", "4.2", "1.6")


@pytest.mark.parametrize("exercise_id", KINDS)
@pytest.mark.parametrize("name", OBJECTS)
def test_any_object_gets_a_verdict(exercise_id, name):
    exercise = find(exercise_id)
    verdict = exercise.judge(*[OBJECTS[name]] * len(exercise.problem().answers))
    assert verdict.status in ("incorrect", "undecided", "malformed", "unattempted")
    assert verdict.message
    assert verdict.score == 0


@pytest.mark.parametrize("exercise_id", KINDS)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:30]))
def test_any_text_gets_a_verdict_and_none_of_it_is_run(exercise_id, text, monkeypatch):
    def run(*arguments, **options):
        pytest.fail("a student's text was run")

    exercise = find(exercise_id)
    count = len(exercise.problem().answers)
    for place in ("os.system", "subprocess.run", "builtins.eval", "builtins.exec"):
        monkeypatch.setattr(place, run)
    verdict = exercise.judge(*[text] * count)
    monkeypatch.undo()
    assert verdict.status in ("incorrect", "undecided", "malformed")
    assert len(verdict.message) < 1_000


def test_what_is_recorded_of_them_raises_nothing_either():
    for given in OBJECTS.values():
        if not callable(given):
            assert bpkit.check("0.1", given).status != "correct"
    assert bpkit.check("0.1", "6x").status == "correct"
