"""Text becomes mathematics as it would be read on paper, and none of it is ever run."""

import ast
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Abs, Heaviside, Max, Min, Piecewise, Rational, cos, exp, log, pi, sign, sin, sqrt, symbols, tan

from bpkit.checking import AnswerError, equivalent, parse
from bpkit.checking.parsing import SIGMOID, SIGMOID_PRIME, sigmoid, sigmoid_prime

PACKAGE = Path(__file__).parents[2] / "src" / "bpkit"
x, y, z, u, v, a_j, y_j, theta, lamda = symbols("x y z u v a_j y_j theta lamda")
a_12, w_243, w_213 = symbols("a_1^2 w_24^3 w_21^3")
NAMES = ["x", "y", "z", "u", "v", "a_j", "y_j", "theta", "lamda", "a_1^2", "w_24^3", "w_21^3"]
S = SIGMOID | SIGMOID_PRIME

HABITS = {
    # signs of multiplication left out
    "2x": 2 * x,
    "x y": x * y,
    "2(x+1)": 2 * (x + 1),
    "(x+1)(x-1)": (x + 1) * (x - 1),
    "x(x+1)": x * (x + 1),
    "2 x 3": 6 * x,
    "2pi x": 2 * pi * x,
    "uv": u * v,
    "3uv^2": 3 * u * v**2,
    "a_jy_j": a_j * y_j,
    "1/2x": x / 2,
    # powers
    "x^2": x**2,
    "x**2": x**2,
    "x²": x**2,
    "x⁻¹²": x**-12,
    "x²y³": x**2 * y**3,
    "2x^-1": 2 / x,
    "-x^2": -(x**2),
    "2(+x)": 2 * x,
    "2^3^2": sympy.Integer(512),
    "e^(uv)": exp(u * v),
    "e^uv": exp(u) * v,
    "e^-x^2": exp(-(x**2)),
    "e^x²": exp(x**2),
    # functions without brackets
    "sin x": sin(x),
    "sinx": sin(x),
    "xsin(x)": x * sin(x),
    "sin 2x cos x": sin(2 * x) * cos(x),
    "sin 2x + 1": sin(2 * x) + 1,
    "sin x^2": sin(x**2),
    "sin x^(2)": sin(x**2),
    "sin x / x": sin(x) / x,
    "sin^2 x": sin(x) ** 2,
    "sin²x": sin(x) ** 2,
    "sin^2(x) cos x": sin(x) ** 2 * cos(x),
    "sin^{2}(2x)": sin(2 * x) ** 2,
    "2 cos^3 3x": 2 * cos(3 * x) ** 3,
    "ln sin x": log(sin(x)),
    "ln x": log(x),
    "log(x)": log(x),
    "ln |x|": log(Abs(x)),
    "tan(x)^2": tan(x) ** 2,
    "arcsin(x)": sympy.asin(x),
    "np.exp(-x) + sympy.sin(x)": exp(-x) + sin(x),
    "math.sqrt(x)": sqrt(x),
    "cbrt(x)": sympy.cbrt(x),
    "factorial(5)": sympy.Integer(120),
    # bars, kinks and pieces
    "|x|": Abs(x),
    "2|x|": 2 * Abs(x),
    "|x||y|": Abs(x) * Abs(y),
    "||x| - 1|": Abs(Abs(x) - 1),
    "|x|^2 + |y|²": Abs(x) ** 2 + Abs(y) ** 2,
    "max(0, z)": Max(0, z),
    "minimum(z, 1)": Min(z, 1),
    "max(x, y, z)": Max(x, y, z),
    "relu(z)": Max(0, z),
    "ReLU(z)": Max(0, z),
    "sign(z)": sign(z),
    "heaviside(z, 0)": Heaviside(z, 0),
    "1 if z > 0 else 0": Piecewise((1, z > 0), (0, True)),
    "z > 0": Piecewise((1, z > 0), (0, True)),
    "2 (z ≥ 0)": 2 * Piecewise((1, z >= 0), (0, True)),
    "where(0 < z < 1, z, 0)": Piecewise((z, (z > 0) & (z < 1)), (0, True)),
    "Piecewise((0, z < 0), (1, True))": Piecewise((0, z < 0), (1, True)),
    "|x| if x > 0 else |y|": Piecewise((Abs(x), x > 0), (Abs(y), True)),
    # letters
    "σ(z)": sigmoid(z),
    "sigma(z)": sigmoid(z),
    "σ'(z)": sigmoid_prime(z),
    "σ′(z)": sigmoid_prime(z),
    "sigmoid_prime(z)": sigmoid_prime(z),
    "σ(z)(1 − σ(z))": sigmoid(z) * (1 - sigmoid(z)),
    "σ²(z)": sigmoid(z) ** 2,
    "θ + λ": theta + lamda,
    "lambda x": lamda * x,
    "π x": pi * x,
    "3·x×y÷2 ⋅ z": 3 * x * y / 2 * z,
    # indices
    "a_1^2": a_12,
    "a_{1}^{2}": a_12,
    "a^2_1": a_12,
    "a₁²": a_12,
    "a_1^(2)": a_12,
    "a_1^{(2)}": a_12,
    "(a_1^2)": a_12,
    "{a_1^2}^2": a_12**2,
    "e^{w_24^3}": exp(w_243),
    "w_{24}^{3}": w_243,
    "w_{2,4}^3": w_243,
    "w_2,4^3": w_243,
    "w^3_{2,4}": w_243,
    "w₂₄³": w_243,
    "w_21^3a_1^2": w_213 * a_12,
    "w_{21}^{3}a_{1}^{2}": w_213 * a_12,
    "y_{j} - a_{j}": y_j - a_j,
    # numbers
    "0.1": Rational(1, 10),
    "1.5x": Rational(3, 2) * x,
    ".5": Rational(1, 2),
    "2.": sympy.Integer(2),
    "1e-3": Rational(1, 1000),
    "0.30": Rational(3, 10),
    # lists
    "[[1, x], [2, y]]": sympy.Tuple(sympy.Tuple(1, x), sympy.Tuple(2, y)),
    "np.array([1, 2])": sympy.Tuple(1, 2),
    "sympy.Matrix([[x], [y]])": sympy.Tuple(sympy.Tuple(x), sympy.Tuple(y)),
    "x, y": sympy.Tuple(x, y),
    # LaTeX
    r"\frac{1}{2}": Rational(1, 2),
    r"\frac12x": x / 2,
    r"\frac x y": x / y,
    r"\dfrac{x+1}{\frac{y}{2}}": 2 * (x + 1) / y,
    r"\frac{e^{-x}}{(1+e^{-x})^{2}}": exp(-x) / (1 + exp(-x)) ** 2,
    r"\frac{a_{1}^{2}}{w_{24}^{3}}": a_12 / w_243,
    r"2\left( x+1 \right)\cdot y": 2 * (x + 1) * y,
    r"6x\cos\left(3x^2\right)": 6 * x * cos(3 * x**2),
    r"\sin^2 x": sin(x) ** 2,
    r"\sin^{2}{\left(x \right)}": sin(x) ** 2,
    r"\sin2x": sin(2 * x),
    r"\sqrt{x}": sqrt(x),
    r"\sqrt[3]{x + 1}": (x + 1) ** Rational(1, 3),
    r"\sqrt{\frac{\sqrt{x}}{y}}": sqrt(sqrt(x) / y),
    r"\ln\left|x\right|": log(Abs(x)),
    r"\sigma'(z)": sigmoid_prime(z),
    r"\sigma^{\prime}(z)": sigmoid_prime(z),
    r"\sigma^\prime\left(z\right)": sigmoid_prime(z),
    r"\operatorname{ReLU}(z)": Max(0, z),
    r"\mathrm{e}^{-x}": exp(-x),
    r"e^{\frac{x}{2}}": exp(x / 2),
    r"\theta\,\lambda": theta * lamda,
    r"$x^{10}$": x**10,
    r"\pi\theta": pi * theta,
    r"x \times y \odot z": x * y * z,
    r"z \geq 0": Piecewise((1, z >= 0), (0, True)),
    r"\left|{x}\right|": Abs(x),
    r"2\sqrt{x}\sqrt y": 2 * sqrt(x) * sqrt(y),
    r"\theta2 + x": 2 * theta + x,
    r"\frac\pi2": pi / 2,
    r"\sqrt\pi x": sqrt(pi) * x,
    r"$x~y & z$": x * y * z,
    r"[\sqrt[3]{x}, 2]": sympy.Tuple(sympy.cbrt(x), 2),
    r"[[1], [\sqrt[3]{x}]]": sympy.Tuple(sympy.Tuple(1), sympy.Tuple(sympy.cbrt(x))),
    r"\frac{\sqrt{\frac{x}{y}}}{\{z\}}": sqrt(x / y) / z,
}


@pytest.mark.parametrize("text", HABITS)
def test_habits_of_pen_and_paper_are_read(text):
    given, expected = parse(text, NAMES, S), HABITS[text]
    same = given == expected or equivalent(given, expected).status == "equal"
    assert same, given


def test_what_is_read_is_kept_as_it_was_written():
    assert str(parse("8(x - 1)", NAMES)) == "8*(x - 1)"
    assert str(parse("σ(z)(1 − σ(z))", NAMES, S)) == "(1 - sigma(z))*sigma(z)"


def numbers():
    return st.sampled_from([1, 2, 3, -1, -4, Rational(1, 2), Rational(-3, 7)]).map(sympy.S)


def expressions():
    """Make expressions as an exercise might ask for."""
    functions = st.sampled_from(
        [sin, cos, exp, sympy.tanh, Abs, sigmoid, lambda e: log(2 + e**2), lambda e: sqrt(1 + e**2)]
    )
    return st.recursive(
        st.sampled_from([x, y, z]) | numbers(),
        lambda parts: st.one_of(
            st.tuples(parts, parts).map(lambda two: two[0] + two[1]),
            st.tuples(parts, parts).map(lambda two: two[0] * two[1]),
            st.tuples(parts, st.integers(2, 4)).map(lambda two: two[0] ** two[1]),
            st.tuples(parts, parts).map(lambda two: two[0] / (3 + two[1] ** 2)),
            st.tuples(functions, parts).map(lambda two: two[0](two[1])),
        ),
        max_leaves=6,
    )


@given(expressions())
def test_what_sympy_writes_is_read_back(expr):
    for text in (str(expr), str(expr).replace("**", "^"), sympy.latex(expr), sympy.latex(expr, ln_notation=True)):
        assert equivalent(parse(text, NAMES, S), expr).status == "equal", text


@given(st.text(max_size=60) | st.text(alphabet=r"xyz0123456789+-*/^()[]{}|,.<>=_' \fracsqrtinepσ²", max_size=60))
def test_any_text_at_all_is_read_or_refused(text):
    refused = None
    try:
        parse(text, NAMES, S)
    except AnswerError as error:
        refused = error
    if refused is not None:
        assert str(refused)
        assert refused.position is None or 0 <= refused.position < max(len(text), 1)


OPENED = "A bracket is opened and never closed."
CLOSED = "A bracket is closed that was never opened."
UNUSUAL = "This is not ordinary mathematical notation, so it isn't read."
LACKS = "A LaTeX command lacks what it is applied to, in braces."
TWO_MEANINGS = "“{0}” to a negative power has two meanings: write 1/{0}(…) or arc{0}(…)."
BY_ZERO = "There is a division by zero in this."
INFINITY = "There is an infinity in this; a finite expression is asked for."
NOT_REAL = "There is something in this that is not a real number."
TOO_LARGE = "There is a number in this that is too large to work with."
TOO_SMALL = "This number is too large or too small to read."
TOO_MANY_DIGITS = "There is a number with too many digits in this."
FACTORIAL = "A factorial is read for whole numbers up to 100."
RIGHT_SIDE = "Write only what stands to the right of “=”."
EXPECTED = "The answer is in x, y and a_j^l, with numbers as indices."


def unexpected(name):
    return f"“{name}” is not expected here. {EXPECTED}"


def lacking(name):
    return f"“{name}” needs what it is applied to, in brackets."


def unclear(number):
    return f"I can't read this near character {number}: is a sign, a bracket or a number missing?"


# text: what is said, and which character it is about, counted from 0
SAID = {
    # characters, numbers, names
    "x; y": ("I can't read the character “;” (number 2).", 1),
    "x @ y": ("I can't read the character “@” (number 3).", 2),
    "x\u200b": ("I can't read the character “U+200B” (number 2).", 1),
    "x + 3 3": ("Two numbers stand side by side: is a sign missing?", 6),
    "x + " + "1" * 41: ("A number of more than 40 digits is not read.", 4),
    "x + 1e41": (TOO_SMALL, 4),
    "x + 1E-41": (TOO_SMALL, 4),
    "x + 1e0001": (TOO_SMALL, 4),
    "x + q": (unexpected("q"), 4),
    "x + xyq": (unexpected("xyq"), 4),
    "x + q_x": (unexpected("q_x"), 4),
    "x + np.foo(x)": (unexpected("foo"), 7),
    "x + np": (unexpected("np"), 4),
    "x''": (unexpected("x''"), 0),
    "X": ("“X” is not expected here: did you mean x? Capital and small letters differ.", 0),
    "x + b_1^2": (unexpected("b_1"), 4),
    "x + " + "q" * 31: (unexpected("q" * 30 + "…"), 4),
    "x & y": ("I can't read the character “&” (number 3).", 2),
    "x ~ y": ("I can't read the character “~” (number 3).", 2),
    # brackets and signs
    "2(x + 1": (OPENED, 1),
    "((x)": (OPENED, 0),
    "|x": (OPENED, 0),
    "x | y": (OPENED, 2),
    "x + y)": (CLOSED, 5),
    "x) + y": (CLOSED, 1),
    "x +": (unclear(3), 2),
    "x +* y": (unclear(4), 3),
    "* x": (unclear(1), 0),
    "x^": (unclear(2), 1),
    "x // y": (unclear(4), 3),
    "": ("I can't read this: is a sign, a bracket or a number missing?", None),
    "  ": ("I can't read this: is a sign, a bracket or a number missing?", None),
    "x + y = 3": (RIGHT_SIDE, 6),
    "x >= 3 = y": (RIGHT_SIDE, 7),
    r"1 + \frac{x}{y} = 3": (RIGHT_SIDE, 16),
    # functions
    "x + sin": (lacking("sin"), 4),
    "x + sin + 1": (lacking("sin"), 4),
    "x + np.exp": (lacking("exp"), 7),
    "2 sin^2": (lacking("sin"), 2),
    "2 sin^-1 x": (TWO_MEANINGS.format("sin"), 2),
    "2 tan⁻¹(x)": (TWO_MEANINGS.format("tan"), 2),
    "x + sin(x, y)": ("“sin” takes one value in its brackets, and here are 2.", 4),
    "x + sin()": ("“sin” takes one value in its brackets, and here are none.", 4),
    "x + max()": ("“max” takes one value in its brackets, and here are none.", 4),
    "x + log(x, y, 2)": ("“log” takes one value in its brackets, and here are 3.", 4),
    "x + where(x, y)": ("The function “where” is not known here.", 4),
    "x + Matrix(x, y)": ("The function “Matrix” is not known here.", 4),
    "x + Piecewise(1)": ("Piecewise takes pairs (value, condition).", 4),
    "x + Piecewise((1, x > 0, y))": ("Piecewise takes pairs (value, condition).", 4),
    "x + Piecewise((1, x > 0), 2)": ("Piecewise takes pairs (value, condition).", 4),
    "Eq(x, y, 2)": ("This can't be read as an expression: do its parts fit together?", None),
    # Python that is no mathematics
    "x + sin(*x)": (UNUSUAL, 8),
    "x + sin(x)[0]": (UNUSUAL, 4),
    "x + (y).exp(x)": (UNUSUAL, 4),
    "2 + [x]": ("A list can't stand inside an expression.", 4),
    "[x] + 2": ("A list can't stand inside an expression.", 0),
    # numbers that are none, or too large
    "x + y/0": (BY_ZERO, 4),
    "x + 1/(y - y)": (BY_ZERO, 4),
    "x + 0^-1": (BY_ZERO, 4),
    "x + oo": (INFINITY, 4),
    "x - inf": (INFINITY, 4),
    "x + sqrt(-2)": (NOT_REAL, 4),
    "x + exp(10^10)": (TOO_LARGE, 4),
    "x + y^10001": ("A power of more than 10000 is not read.", 4),
    "x + y^-10001": ("A power of more than 10000 is not read.", 4),
    "x + y^(2 sqrt(-1))": (NOT_REAL, 9),
    "x + ((2y)^99)^200": (TOO_MANY_DIGITS, 4),
    "x + factorial(101)": (FACTORIAL, 4),
    "x + factorial(y)": (FACTORIAL, 4),
    "x + factorial(1.5)": (FACTORIAL, 4),
    # too much of it
    "x" + " " * 2_000: ("This is 2001 characters long; an answer of up to 2000 is read.", None),
    "x + " + "(" * 41 + "y" + ")" * 41: ("The brackets are nested too deeply to read.", 44),
    "x + " + "[" * 41 + "y" + "]" * 41: ("The brackets are nested too deeply to read.", 44),
    # LaTeX
    r"x + \frac{1}{2": ("A brace is opened and never closed.", 12),
    r"x + \frac": (LACKS, 8),
    r"x + \frac{1}  ": (LACKS, 13),
    r"x + \sqrt": (LACKS, 8),
    r"x + \mathrm": (LACKS, 10),
    r"x + \foo{y}": (unexpected("foo"), 4),
    r"x + \frac{y}{q}": (unexpected("q"), 13),
    r"x + \frac12 \sin q": (unexpected("q"), 17),
    r"x + \sqrt[3]{q}": (unexpected("q"), 13),
    r"x + \sqrt[q]{y}": (unexpected("q"), 10),
    r"x + \mathrm{q}": (unexpected("q"), 12),
    r"\sigma^{\prime} x": (unexpected("sigma'"), 0),
    r"x\sqrt\frac x y": (LACKS, 10),
    r"\sqrt\sqrt[3]{x}": (LACKS, 9),
    r"\sqrt[x\]{y}": ("I can't read the character “\\” (number 8).", 7),
    r"\sqrt[\frac\]{x}": (LACKS, 11),
    r"\sqrt[\sqrt{3]{x}}": ("A brace is opened and never closed.", 11),
}


def shortened(text):
    return text if len(text) < 30 else f"{text[:20]}… of {len(text)}"


@pytest.mark.parametrize("text", SAID, ids=shortened)
def test_what_cannot_be_read_is_told_in_plain_words_and_where(text):
    with pytest.raises(AnswerError) as error:
        parse(text, ("x", "y", "a_1^2"))
    assert (str(error.value), error.value.position) == SAID[text]


def test_a_wrong_name_is_told_with_the_names_that_are_expected():
    for text, said in {
        "6t": "“t” is not expected here. The answer is in x and y.",
        "6X": "“X” is not expected here: did you mean x? Capital and small letters differ.",
        "Sin(x)": "“Sin” is not expected here: did you mean sin? Capital and small letters differ.",
        "6х": "“х” (the character CYRILLIC SMALL LETTER HA) is not expected here. The answer is in x and y.",
        "σ(x)": "“σ” is not expected here. The answer is in x and y.",
    }.items():
        with pytest.raises(AnswerError) as error:
            parse(text, ("x", "y"))
        assert str(error.value) == said


def test_the_names_of_many_symbols_with_indices_are_told_as_a_pattern():
    with pytest.raises(AnswerError, match=r"The answer is in a_j\^l and w_jk\^l, with numbers as indices\."):
        parse("q", [*(f"a_{j}^2" for j in range(9)), "w_12^3"])
    with pytest.raises(AnswerError, match="The answer is a number"):
        parse("q", ())


@pytest.mark.parametrize("text", ["sin^-1 x", "sin^{-1}(x)", r"\sin^{-1} x", "sin⁻¹(x)", "sin^-2 x", "sin^(-x) x"])
def test_an_inverse_function_and_a_reciprocal_are_not_guessed_at(text):
    with pytest.raises(AnswerError, match="two meanings"):
        parse(text, NAMES)


def test_invisible_characters_are_named():
    for character in "\x00\u202e\u200b\ud800":
        with pytest.raises(AnswerError, match=rf"U\+{ord(character):04X}.*number 3"):
            parse(f"6x{character}", NAMES)


ATTACKS = [
    "__import__('sys').__setattr__('bpkit_was_run', 1)",
    "().__class__.__bases__[0].__subclasses__()",
    "x.__class__.__init__.__globals__",
    "[].append(1)",
    "exec('import sys; sys.bpkit_was_run = 1')",
    "eval('6*x')",
    "sympify('6*x')",
    "sympy.sympify('6*x')",
    "np.load('/etc/passwd')",
    "open('bpkit_was_here', 'w')",
    "lambda: 1",
    "(lambda f: f(f))(lambda f: f(f))",
    "[x for x in (1, 2)]",
    "{x: x for x in (1, 2)}",
    "(x := 6)",
    "f'{x}'",
    "'x'",
    '"x" * 10**9',
    "import sys",
    "x; import sys",
    "x\nimport sys",
    "yield x",
    "await x",
    "x if (y := 1) else 2",
    "print(x)",
    "x @ y",
    "x.diff(x)",
    "x[0]",
    "*x",
    "**x",
    "sin(*[x])",
    "sin(**{})",
    "Max(x, evaluate=False)",
    "sqrt(x, 3)",
    "np.linalg.inv(x)",
    "type(x)",
    "globals()",
    "True.real",
    "1 .real",
    "...",
    "None",
    "x!",
    "`x`",
    "\\input{/etc/passwd}",
    "\\def\\x{1}",
    "x\\",
]


@pytest.fixture
def run_by_text():
    """Collect what the interpreter says it runs: code from a string, programs, files opened for writing."""
    seen, watching = [], [True]

    def audit(event, arguments):
        if not watching:
            return
        code = getattr(arguments[0], "co_filename", "") if arguments else ""
        starts = event in ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "socket.connect")
        runs = event == "exec" and code in ("<string>", "<unknown>", "<stdin>")
        if starts or runs or (event == "open" and "bpkit_was" in str(arguments[0])):
            seen.append(event)

    sys.addaudithook(audit)  # which can never be taken off again: it stops listening instead
    yield seen
    watching.clear()


def test_nothing_in_a_text_is_ever_run(run_by_text):
    for text in ATTACKS:
        with pytest.raises(AnswerError):
            parse(text, NAMES, S)
    assert run_by_text == []
    assert not hasattr(sys, "bpkit_was_run")
    exec("1")  # the watchman is awake
    assert run_by_text == ["exec"]


def test_the_package_nowhere_turns_text_into_code():
    forbidden = {"eval", "exec", "sympify", "parse_expr", "lambdify", "literal_eval", "__import__", "parse_latex"}
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")}
            called = node.func if isinstance(node, ast.Call) else None
            shorthand = isinstance(called, ast.Attribute) and called.attr in ("S", "N")  # sympify by other names
            if names & forbidden or shorthand or (isinstance(called, ast.Name) and called.id in ("S", "compile")):
                found.append(f"{path.name}:{node.lineno}")
    assert found == []


EXACT = {
    "0.1": Rational(1, 10),
    "12345.678901": Rational(12345678901, 1000000),
    "0.00000000012": Rational(12, 10**11),
    "1200000000000.0": sympy.Integer(1200000000000),
    "0.33333333333": Rational(33333333333, 10**11),
    "1e25": sympy.Integer(10) ** 25,
    "1e40": sympy.Integer(10) ** 40,
    "1E-40": Rational(1, 10**40),
    "1e004": sympy.Integer(10_000),
    "9" * 40: sympy.Integer(10**40 - 1),
    "0.333333333333333": Rational(333333333333333, 10**15),
    "0.0003333333333333333": sympy.Float("0.0003333333333333333", 15),
    "0.3333333333333333333": sympy.Float("0.3333333333333333", 15),
    "66.66666666666667": sympy.Float("66.66666666666667", 15),
}


@pytest.mark.parametrize("text", EXACT)
def test_a_decimal_means_what_it_says_unless_a_computer_has_cut_it_off(text):
    read = parse(text, ())
    assert type(read) is type(EXACT[text])
    assert read == EXACT[text]


TRUTHS = {
    "True": sympy.true,
    "False": sympy.false,
    "not z > 0": z <= 0,
    "z > 0 and x < 1": (z > 0) & (x < 1),
    "z > 0 or x < 1": (z > 0) | (x < 1),
    "z == 0": sympy.Eq(z, 0),
    "Eq(z, 0)": sympy.Eq(z, 0),
    "z != 0": sympy.Ne(z, 0),
    "z ≠ 0": sympy.Ne(z, 0),
    r"z \ne 0": sympy.Ne(z, 0),
    "z ≤ 0": z <= 0,
    r"z \le 0": z <= 0,
    r"z \gt 0": z > 0,
    r"z \lt 0": z < 0,
    "0 < z <= x": sympy.Lt(0, z) & (z <= x),
}


@pytest.mark.parametrize("text", TRUTHS)
def test_what_is_true_or_false_is_read_as_such(text):
    assert parse(text, NAMES) == TRUTHS[text]


def test_a_long_text_and_many_brackets_are_read_up_to_what_is_promised():
    assert parse("x" + " " * 1_999, NAMES) == x
    assert parse("(" * 40 + "x" + ")" * 40, NAMES) == x
    assert parse("[" * 40 + "]" * 40, NAMES) is not None
    assert parse("(x)" * 50, NAMES) == x**50
    assert parse("[" + "[x], " * 50 + "]", NAMES) == sympy.Tuple(*[sympy.Tuple(x)] * 50)
    assert parse("**".join(["theta"] * 2) + " + theta" * 50, NAMES) == theta**theta + 50 * theta


def test_a_letter_x_is_a_letter_like_any_other():
    X = sympy.Symbol("X")
    assert parse(" + ".join("X" * 50), ("X",)) == 50 * X
    assert parse(r"\pi X", ("X",)) == pi * X
    with pytest.raises(AnswerError, match="nested too deeply"):
        parse("X + " * 5 + "(" * 41 + "X" + ")" * 41, ("X",))


@pytest.mark.parametrize(
    "text", ["-" * 1_900 + "x", "x" + "^x" * 900, "x" * 2_000], ids=["signs", "exponents", "factors"]
)
def test_what_is_too_deep_for_python_is_said_to_be_so(text):
    with pytest.raises(AnswerError) as error:
        parse(text, ("x",))
    assert str(error.value) in (
        "This is too deeply nested to read.",
        "This is too long or too deeply nested to read.",
    )


BOMBS = [
    "9**9**9**9",
    "10^10^10",
    "factorial(10**9)",
    "factorial(x)",
    "9" * 1_000,
    "9" * 10**6,
    "1e999999999",
    "1e-999999999",
    "((2^99)^99)^99",
    "(((2x)^99)^99)^99",
    "((2 sqrt(3) x)^400)^400",
    "(" * 21 + "2x" + "^2)" * 21,
    "exp(exp(exp(exp(9))))",
    "max(exp(exp(10^10)), 1)",
    "2^(e^(e^(e^9)))",
    "x^(10^9)",
    "1/0",
    "0/0",
    "0^-1",
    "x/0",
    "x/(x - x)",
    "log(0)",
    "x ln(0)",
    "tan(pi/2)",
    "oo - oo",
    "sqrt(-1)",
    "(-8)^(1/3)",
    "asin(2)",
    "(" * 500 + "x" + ")" * 500,
    "[" * 500 + "x" + "]" * 500,
    "{" * 500 + "x" + "}" * 500,
    "-" * 1_900 + "x",
    "x" + "^x" * 900,
    "sin " * 450 + "x",
    "sin(" * 300 + "x" + ")" * 300,
    r"\sqrt{" * 250 + "x" + "}" * 250,
    r"\frac" * 300,
    "|" * 1_000 + "x",
]


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: text[:30])
def test_a_bomb_is_refused_before_it_is_built(text):
    with pytest.raises(AnswerError):
        parse(text, NAMES)


def test_what_only_looks_like_a_bomb_is_read():
    for text in (
        "(x+1)^500 (x+2)^500",
        "((x^9)^9)^9",
        "exp(exp(exp(exp(x))))",
        "factorial(50)",
        "0^0",
        "2^(1/2)",
        "10^-30",
    ):
        parse(text, NAMES)
    with suppress(AnswerError):  # slow to compare, and nothing worse
        parse("max(" + ", ".join(f"x^{n}" for n in range(20)) + ")", NAMES)
