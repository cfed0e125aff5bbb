"""Whatever is handed in, a verdict comes back: never an exception, never "correct", and nothing of it is run."""

import fractions
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


class EqualsEveryType(type):
    """The metaclass of a class that claims to be any other: list, str, a number."""

    def __eq__(cls, other):
        return True

    def __hash__(cls):
        return hash(list)

    def __instancecheck__(cls, other):
        return True

    @property
    def __name__(cls):
        raise RuntimeError


class OfEveryType(metaclass=EqualsEveryType):
    def __len__(self):
        raise RuntimeError

    def __iter__(self):
        raise RuntimeError


def claiming(kind):
    """Make an object that says it is of another class, or raises when it is asked."""

    class Claims:
        @property
        def __class__(self):
            if issubclass(kind, BaseException):
                raise kind
            return kind

    return Claims()


class EqualSymbol(sympy.Symbol):
    def __eq__(self, other):
        return True

    __hash__ = sympy.Symbol.__hash__

    def _latex(self, printer):
        raise KeyError


class NothingFromIt(sympy.Expr):
    """Subtracted from anything it leaves nothing, and it holds nothing."""

    free_symbols = frozenset()

    def __sub__(self, other):
        return sympy.S.Zero

    def __rsub__(self, other):
        return sympy.S.Zero

    def _eval_evalf(self, precision):
        return sympy.S.Zero


class EndlessArguments(sympy.Expr):
    @property
    def args(self):
        return (EndlessArguments(), EndlessArguments())


class EndlessLatex(sympy.Function):
    def _latex(self, printer):
        while True:
            pass


class EqualText(str):
    __slots__ = ()

    def __eq__(self, other):
        return True

    def __hash__(self):
        return hash("x")


class NoDifference(float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__


class LeavingList(list):
    def __iter__(self):
        raise SystemExit


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


def shared(depth):
    """Nest lists that hold the same list twice: few objects, and 2^depth numbers."""
    value = [1]
    for _ in range(depth):
        value = [value, value]
    return value


def objects(*things):
    array = np.empty(len(things), object)
    for place, thing in enumerate(things):
        array[place] = thing
    return array


def itself():
    value = []
    value.append(value)
    return value


DEEP = x
for _ in range(300):
    DEEP = sympy.sin(DEEP)
SHARED = x
for _ in range(60):
    SHARED = sympy.Function("f")(SHARED, SHARED)
with sympy.evaluate(False):
    POWERS = ((((2 * x) ** 99) ** 99) ** 99) ** 99
    NUMBER = sympy.Pow(9, sympy.Pow(9, sympy.Pow(9, 9)))
    TOWER = sympy.Max(sympy.exp(sympy.exp(sympy.Integer(10) ** 10)), x)

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
    "of every type": OfEveryType(),
    "a class of every type": OfEveryType,
    "claims to be a list": claiming(list),
    "claims to be text": claiming(str),
    "claims to be an array": claiming(np.ndarray),
    "claims to be SymPy's": claiming(sympy.Expr),
    "claims to be a matrix": claiming(sympy.Matrix),
    "raises for its class": claiming(RuntimeError),
    "leaves for its class": claiming(SystemExit),
    "interrupts for its class": claiming(KeyboardInterrupt),
    "equal symbol": EqualSymbol("x"),
    "times an equal symbol": 6 * EqualSymbol("x"),
    "nothing from it": NothingFromIt(),
    "six times nothing": 6 * NothingFromIt(),
    "endless arguments": EndlessArguments(),
    "endless latex": EndlessLatex(x),
    "named by equal text": 6 * sympy.Symbol(EqualText("q")),
    "equal text": EqualText("6x"),
    "no difference": NoDifference(336),
    "a list that leaves": LeavingList([0, 2, 5, 18]),
    "masked": np.ma.array([0, 2, 5, 18]),
    "all blank, and too many": [[...] * 1_000] * 1_000,
    "shared parts": SHARED,
    "powers": POWERS,
    "number": NUMBER,
    "tower": TOWER,
    "many terms": sympy.Add(*(x**n for n in range(5_000))),
    "a hundred thousand digits": sympy.Integer(10) ** (10**5) * x,
    "huge fraction": fractions.Fraction(10**5000, 3),
    "a sparse matrix": sympy.SparseMatrix(10**6, 10**6, {}),
    "a matrix symbol": sympy.MatrixSymbol("A", 3, 3),
    "an indexed": sympy.IndexedBase("x")[1],
    "a wildcard": sympy.Wild("x"),
    "an interval": sympy.Interval(0, 1),
    "a condition": sympy.ITE(x > 0, x > 1, x > 2),
    "an equation": sympy.Eq(x, 6 * x),
    "infinity": sympy.oo,
    "a nameless symbol": sympy.Symbol(""),
    "a symbol of two lines": sympy.Symbol("x\n\u202ey"),
    "an unknown function": sympy.Function("f")(x),
    "dates": np.array(["2026-11-22"], "datetime64[D]"),
    "records": np.zeros(2, [("a", float)]),
    "odd objects": objects(Agrees(), Refuses()),
    "bytes": b"6x",
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
    "(((2x)^99)^99)^99",
    "(((x^500)^500)^500)^500",
    "max(exp(exp(10^10)), x)",
    "2^(e^(e^(e^9)))",
    "1e-999999999",
    "x if x else y",
    "Piecewise((1, sin(exp(x^x)) < tan(x)), (0, True))",
    "x" + "^x" * 900,
    "sin " * 450 + "x",
    "6 ｘ",
    "6 х",
    "\ud800",
    "import os",
    "[" * 30 + "]" * 30,
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


@pytest.mark.parametrize("exercise_id", KINDS)
def test_lists_that_hold_each_other_are_not_unrolled(exercise_id):
    exercise = find(exercise_id)
    count = len(exercise.problem().answers)
    assert exercise.judge(*[shared(60)] * count).status in ("incorrect", "malformed")


def test_what_takes_too_long_is_given_up_on_and_work_goes_on():
    many = "max(" + ", ".join(f"sin({n} x)" for n in range(150)) + ")"
    verdict = find("0.1").judge(many)
    assert verdict.status == "undecided"
    assert "too long" in verdict.message
    assert find("0.1").judge("6x").status == "correct"


def test_a_bomb_in_one_answer_leaves_the_others_their_verdicts():
    verdict = find("1.2").judge("9**9**9**9", "-3 sin(x) (cos x + 5)^2")
    assert verdict.status == "malformed"
    assert verdict.score == 0.5


def test_what_is_recorded_of_them_raises_nothing_either():
    for given in OBJECTS.values():
        if not callable(given):
            assert bpkit.check("0.1", given).status != "correct"
    assert bpkit.check("0.1", "6x").status == "correct"
