"""Whatever is handed in, a verdict comes back: never an exception, never "correct", and nothing of it is run."""

import collections
import datetime
import decimal
import fractions
import io
import itertools
import pathlib
import subprocess
import sys
import threading
import weakref
from unittest import mock

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

    # Not the hash of "x": SymPy would remember a symbol of this name as x, and hand it to every test after this one.
    __hash__ = str.__hash__


class NoDifference(float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__


class LeavingList(list):
    def __iter__(self):
        raise SystemExit


def with_method(name, result=None, base=object):
    """Make an object with one special method, which raises, or returns `result`."""

    def method(self, *arguments, **options):
        if result is None:
            raise RuntimeError(name)
        return result() if callable(result) else result

    return type("Odd", (base,), {name: method})()


class Itself:
    """Is its own entry, and has as many as one likes."""

    def __iter__(self):
        return itertools.repeat(self)

    def __getitem__(self, place):
        return self

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **options):
        return self


class NeverFewer(list):
    """A list that grows while it is read."""

    def __iter__(self):
        while True:
            self.append(1)
            yield 1


class OddSignature:
    @property
    def __signature__(self):
        raise SystemExit

    def __call__(self, *arguments):
        return 0


def dead():
    class Alive:
        pass

    return weakref.proxy(Alive())


def wrapped_in_itself(*arguments):
    return 0


wrapped_in_itself.__wrapped__ = wrapped_in_itself


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


def returns(thing):
    return lambda *arguments: thing


def raises(error):
    def function(*arguments):
        raise error

    return function


def recurses_in_turn(*arguments):
    return [recurses_in_turn(argument) for argument in (arguments, arguments)]


def catches_everything(*arguments):
    for _ in range(10**9):
        try:
            while True:
                pass
        except Exception:
            continue


def never_ends(*arguments):
    yield from itertools.count()


def grows(*arguments):
    numbers = [1]
    for number in numbers:
        numbers.append(number)
        if len(numbers) > 10**6:
            return numbers


def multiplies(*arguments):
    return 9 ** (9**6)


def sets_the_limit(*arguments):
    sys.setrecursionlimit(-1)


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
    "named by equal text": 6 * sympy.Symbol(EqualText("a_name_like_no_other")),
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
    **{
        f"raises in {name}": with_method(name)
        for name in (
            *("__eq__", "__ne__", "__bool__", "__len__", "__iter__", "__getitem__", "__contains__", "__hash__"),
            *("__str__", "__repr__", "__format__", "__sub__", "__rsub__", "__add__", "__mul__", "__abs__", "__lt__"),
            *("__float__", "__int__", "__index__", "__complex__", "__array__", "__array_function__"),
            *("__array_ufunc__", "_sympy_", "_latex", "__copy__", "__deepcopy__", "__reduce_ex__", "__dir__"),
            *("__call__", "__getattr__", "__instancecheck__", "__set_name__", "__sizeof__", "__length_hint__"),
        )
    },
    **{
        f"{name} gives {result!r:.12}": with_method(name, result)
        for name, result in (
            *(("__len__", 10**18), ("__len__", -1), ("__float__", 6.0), ("__int__", 336), ("__index__", 10**9)),
            *(("__bool__", 5), ("__hash__", "x"), ("__str__", 6), ("__repr__", "6x"), ("_sympy_", "6*x")),
            *(("__iter__", 5), ("__array_interface__", "{}"), ("__array_struct__", 0), ("__eq__", True)),
        )
    },
    "itself in everything": Itself(),
    "never fewer": NeverFewer(),
    "odd signature": OddSignature(),
    "dead": dead(),
    "wrapped in itself": wrapped_in_itself,
    "a mock": mock.MagicMock(),
    "a mock of text": mock.MagicMock(spec=str),
    "a mock of SymPy's": mock.MagicMock(spec=sympy.Expr),
    "a mock of an array": mock.MagicMock(spec=np.ndarray),
    "a property": property(lambda self: 6),
    "not implemented": NotImplemented,
    "an error": KeyboardInterrupt(),
    "an error's class": SystemExit,
    "counting": itertools.count(),
    "a long range": range(10**18),
    "a map": map(abs, itertools.count()),
    "a file": io.StringIO("6x"),
    "a path": pathlib.Path("6x"),
    "a date": datetime.date(2026, 11, 22),
    "a queue": collections.deque([0, 2, 5, 18]),
    "a counter": collections.Counter("6x"),
    "text of lines": collections.UserString("6x"),
    "a user's list": collections.UserList([0, 2, 5, 18]),
    "a signalling decimal": decimal.Decimal("sNaN"),
    "a large decimal": decimal.Decimal("1e999999"),
    "much text": "x" * 10**7,
    "many bytes": bytes(10**6),
    "a view": memoryview(b"6x"),
    "a frame": sys._getframe(),
    "a lock": threading.Lock(),
    "a half": np.float16("nan"),
    "a long double": np.longdouble("1e4000"),
    "a void": np.zeros(1, "V8")[0],
    "a column of a table": np.rec.array([(1, 2)], [("a", int), ("b", int)]),
    "many dimensions": np.zeros((1,) * 32),
    "nothing in many dimensions": np.zeros((0, 10**6, 3)),
    "an array that holds itself": objects(None),
    "text in an array": np.array(["9**9**9**9"] * 4, object),
    "true and false": np.array([True, False]),
    "bytes in an array": np.array([b"1", b"2"]),
    "times": np.array([1, 2], "timedelta64[s]"),
    "a polynomial": sympy.Poly(x**2 + 1, x),
    "a lambda of SymPy's": sympy.Lambda(x, 6 * x),
    "a function's class": sympy.sin,
    "an order": sympy.Order(x),
    "a sum": sympy.Sum(x, (x, 1, 10**9)),
    "a product": sympy.Product(x, (x, 1, 10**9)),
    "a limit": sympy.Limit(sympy.sin(x) / x, x, 0),
    "an integral": sympy.Integral(sympy.exp(-(x**4)), x),
    "a root": sympy.rootof(x**5 - x - 1, 0),
    "a substitution": sympy.Subs(x**2, x, 3),
    "a set": sympy.FiniteSet(1, 2),
    "a dictionary of SymPy's": sympy.Dict({x: 6}),
    "nested tuples": sympy.Tuple(sympy.Tuple(sympy.Tuple(x))),
    "one by nothing": sympy.Pow(0, -1, evaluate=False),
    "a factorial": sympy.factorial(10**9, evaluate=False),
    "a floor": sympy.floor(sympy.exp(sympy.exp(30)), evaluate=False),
    "a remainder": sympy.Mod(x, 0, evaluate=False),
    "a large decimal of SymPy's": sympy.Float(10) ** 10**6,
    "a decimal of many digits": sympy.Float(3, 10**5),
    "many digits": sympy.Float(1, 10**4) * x,
    "a small fraction": sympy.Rational(1, 10**10000) * x,
    "a matrix of nothing": sympy.Matrix(0, 0, []),
    "a matrix of NaN": sympy.Matrix([[sympy.nan]]),
    "a matrix of towers": sympy.Matrix([[TOWER, NUMBER]]),
    "a block matrix": sympy.BlockMatrix([[sympy.MatrixSymbol("A", 2, 2)]]),
    "recurses in turn": recurses_in_turn,
    "catches what it can": catches_everything,
    "a generator's function": never_ends,
    "grows": grows,
    "multiplies": multiplies,
    "sets the limit": sets_the_limit,
    **{
        f"returns {name}": returns(thing)
        for name, thing in {
            "what agrees": Agrees(),
            "what refuses": Refuses(),
            "what claims to be an array": ClaimsToBeAnArray(),
            "what makes no difference": NoDifference(0.5),
            "an odd array": np.zeros(1).view(OddArray),
            "what claims to be a number": claiming(float),
            "of every type": OfEveryType(),
            "itself": itself(),
            "a mock": mock.MagicMock(),
            "what grows": NeverFewer(),
            "deep lists": nested(5_000),
            "lists that share": shared(60),
            "a long list": [0.0] * 10**6,
            "a large number": 10**5_000,
            "a condition": x > 0,
            "a tower": TOWER,
            "text": "9**9**9**9",
            "a dead one": dead(),
            "a bool": with_method("__bool__"),
        }.items()
    },
    **{
        f"raises {type(error).__name__}": raises(error)
        for error in (SystemExit(), GeneratorExit(), RecursionError(), MemoryError(), StopIteration(), Warning())
    },
}
OBJECTS["an array that holds itself"][0] = OBJECTS["an array that holds itself"]
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
# What is nested so many times: below the bound, at it, and far beyond.
TIMES = (9, 45, 500)
TEXTS += [
    form.format(*(part * times for part in parts))
    for times in TIMES
    for form, *parts in (
        ("{}x{}", "(", ")"),
        ("{}x{}", "[", "]"),
        ("{}x{}", "{{", "}}"),
        ("{}x{}", "sin(", ")"),
        ("{}2{}", "exp(", ")"),
        ("{}2{}", "2^(", ")"),
        ("{}2{}", "sqrt(", ")"),
        ("{}x{}", "-(", ")"),
        ("{}2", "√"),
        ("{}x", "|"),
        ("{}x", "not "),
        ("{}0", "x if x else "),
        ("9{}", "!"),
        ("9{}", "**9"),
        ("x{}", "²"),
        ("x{}", "⁻⁹"),
        ("x{}", "'"),
        ("x{}", "_1"),
        ("{}x", "f = "),
        ("{}x", "= "),
        ("[{}]", " 1"),
        ("[{}]", "1 -1.e3 "),
        ("[{}]", "[1 1]\n"),
        ("{}", "𝑥"),
        ("{}", "𝟗"),
        ("{}(𝟗)", "𝑒𝑥𝑝"),
        ("{}", r"\begin{{matrix}}"),
        ("{}1", r"\begin{{cases}}"),
        ("{}1{}", r"\begin{{matrix}}", r"\end{{matrix}}"),
        ("{}", r"\end{{bmatrix}}"),
        ("{}1{}", r"\frac{{", "}}{{2}}"),
        ("{}x{}", r"\left(", r"\right)"),
        ("{}", r"\sqrt["),
        ("{}", "&"),
        ("{}", "$"),
        (r"\begin{{matrix}}1{}\end{{matrix}}", r"\\"),
    )
]
TEXTS += [
    # numbers that nobody can work with
    *("10^10^10^10", "2**2**2**2**2**2", "gamma(10^9)", "(10^9)!", "((9!)!)!", "99999^99999", "e^e^e^e^e", "1e999999"),
    *("sin(10^(10^10))", "log(10^(10^9))", "(-1)^(10^10 + 1/3)", "(1 + 1e-9)^(10^12)", "x^(10^9)", "(x + 1)^(10^6)"),
    *("((x + 1)^999)^999", "1/3^(10^8)", "0^0", "0^-1", "0^(x - x)", "x^x^x^x^x^x", "1e-400 - 1e-400", "1e400 - 1e400"),
    *("np.floor(9**9**9)", "np.floor(np.exp(10**9))", "floor(10^(10^9))", "ceiling(e^(10^7))", "floor(x^(9^9))"),
    *("sign(9**9**9 - 9**9**9)", "abs(-9**9**9)", "max(9**9**9, x)", "where(9**9**9 > x, 1, 0)", "tan(pi/2)", "ln(-0)"),
    # the same in lists and matrices
    *("[[9**9**9**9, 1], [1, 1]]", "Matrix([[factorial(10**9)]])", "[9**9**9**9]*4", "[0, 2, 5, 9**9**9**9]"),
    *("array([0, 2, 5, exp(exp(1000))])", "[[1], [2, 3], []]", "[,]", "[[],[[],[[]]]]", "[1, 2", "1, 2]"),
    "Matrix(Matrix(x))",
    *(r"\begin{matrix}9**9**9**9\end{matrix}", r"\begin{matrix}1&2\\3\end{cases}", r"\begin{}x\end{}"),
    *(r"\begin{cases}x", r"\begin", r"\begin{matrix", r"\end{matrix}", r"\begin{x\begin{y}}"),
    r"\begin{document}x\end{document}",
    "[" + "1 " * 900 + "]",
    "[" + "[1 1 1] " * 90 + "]",
    *("[1 2 3 ... 9]", "[. . .]", "[e e e]", "[- - -]", "[1 - 2]", "array([1 2", "array(array([1 2]))"),
    "[[0 2 5 18]]]",
    # LaTeX that would do something
    *(r"\input{/etc/passwd}", r"\write18{true}", r"\def\x{\x\x}\x", r"\newcommand{\f}{\f}\f", r"\csname x\endcsname"),
    *(r"\frac12345", r"\frac{}{}", r"\sqrt[0]{x}", r"\sum_{i=1}^{10^9} i", r"\int x dx", r"\left(\right.", "\\" * 500),
    # what is called: names, equations, prefixes
    *("f = = x", "f(x) = f(x) = 7x", "df/dx = ", "= = =", "x == 6x", "x := 6", "f(x)(x) = x", "d/dx = dx/d"),
    r"\frac{d}{d} = x",
    # Python that would do something
    *("eval('x')", "open('/etc/passwd').read()", "[].append(1)", "x.__globals__", "getattr(x, 'y')", "breakpoint()"),
    *("exit()", "input()", "globals()", "compile('1', '', 'eval')", "print(6)", "while True: pass", "def f(): pass"),
    *("raise SystemExit", "yield x", "await x", "del x", "x; x", "x += 6", "@x", "{x: 6}", "{6}", "x[0]", "x[::9**9]"),
    *("*x", "**x", "`ls`", "$(true)", "%run x", "!true", "x?", "#6x", "'''", '"""', "b'6x'", "rb'6x'"),
    "0x" + "F" * 900,
    *("0o777", "0b" + "1" * 900, "1_000_000", "1j", "None", "True + True", "...x", "np.load('x')"),
    "np.array.__class__",
    *("sympy.sympify('7*x')", "S('x')", "Symbol('x')", "Function('f')(x)", "Derivative(x, x)", "Sum(x, (x, 1, oo))"),
    *("oo", "nan", "zoo", "oo - oo", "I", "sigma", "sin sin", "sin^", "exp exp exp x", "sin^-1^-1 x", "sin(x)(x)(x)"),
    # letters that look like others, or like nothing
    *("٦x + ٦", "Ⅵx", "x́̂̃" * 100, "🙂" * 500, "x\u200b" * 300, "\udfff", "\x1b[31m6x\x07", "\u2028x", "ℯ^ℯ^ℯ^ℯ^ℯ"),
    *("𝐬𝐢𝐧", "𝔁^𝔁^𝔁", "x₁₂₃₄₅₆", "x" + "ⁿ" * 300, "²", "√", "√√", "½" * 300, "¾^¾^¾^¾", "x°", "∫x", "∑"),
    *("∂x/∂x/∂x", "x′′′′′′"),
]  # fmt: skip
# One exercise for each kind of answer: expression, matrix, rows, array, function, derivation, several answers.
KINDS = ("0.1", "3.2", "3.1", "3.6", "1.7", "4.2", "1.6", "11.3", "11.8", "11.10", "11.11")


def test_there_are_at_least_300_different_cases():
    assert len({*TEXTS}) == len(TEXTS)
    assert len({*map(id, OBJECTS.values())}) == len(OBJECTS)
    assert len(TEXTS) + len(OBJECTS) >= 300


def judged(given):
    """Yield the verdict on one thing from an exercise of every kind."""
    for exercise_id in KINDS:
        exercise = find(exercise_id)
        yield exercise_id, exercise.judge(*[given] * len(exercise.problem().answers))


@pytest.mark.parametrize("name", OBJECTS)
def test_any_object_gets_a_verdict(name):
    for exercise_id, verdict in judged(OBJECTS[name]):
        assert verdict.status in ("incorrect", "undecided", "malformed", "unattempted"), exercise_id
        assert verdict.message
        assert len(verdict.message) < 1_000, exercise_id
        assert verdict.score == 0


@pytest.mark.parametrize("text", TEXTS, ids=[f"{n}-{text[:20]!a:.24}" for n, text in enumerate(TEXTS)])
def test_any_text_gets_a_verdict_and_none_of_it_is_run(text, monkeypatch):
    def run(*arguments, **options):
        pytest.fail("a student's text was run")

    with monkeypatch.context() as patched:
        for place in ("os.system", "subprocess.run", "subprocess.Popen", "builtins.eval", "builtins.exec"):
            patched.setattr(place, run)
        verdicts = list(judged(text))
    for exercise_id, verdict in verdicts:
        assert verdict.status in ("incorrect", "undecided", "malformed"), exercise_id
        assert len(verdict.message) < 1_000
        assert verdict.score < 1


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


def test_in_a_process_of_its_own_none_of_them_ends_it_and_work_goes_on():
    code = """
import sys
from bpkit.course import find
for text in sys.stdin.read().split("\\x1e"):
    find("0.1").judge(text)
print(find("0.1").judge("6x").status)
"""
    sample = [text for text in TEXTS if text.isprintable()][::9]
    done = subprocess.run(
        [sys.executable, "-c", code],
        input="\x1e".join(sample),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "correct"), done.stderr


def test_what_is_recorded_of_them_raises_nothing_either():
    for given in OBJECTS.values():
        if not callable(given):
            assert bpkit.check("0.1", given).status != "correct"
    assert bpkit.check("0.1", "6x").status == "correct"
