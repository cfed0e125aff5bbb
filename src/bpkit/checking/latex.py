r"""Turn what LaTeX says in commands (``\frac``, ``\sin``, ``\left(``) into ordinary notation.

Only commands and their arguments are dealt with here; braces that group, `^` and `_` are left as they are. Every
piece remembers where it stood, so that a mistake can be pointed at in the student's own text.
"""

from __future__ import annotations

import re

from .verdict import AnswerError

Pieces = list[tuple[str, int]]  # text, and where in the student's text it comes from

COMMAND = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
FRACTIONS = ("frac", "dfrac", "tfrac")
WRAPPERS = ("mathrm", "operatorname", "mathbf", "mathit", "boldsymbol", "text")
SPACES = (*",;:!> ", "quad", "qquad", "displaystyle", "limits", "left", "right", "big", "Big", "bigl", "bigr")
MATRICES = ("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array")
CASES = ("cases", "dcases", "rcases")
BRACKETED = re.compile(
    r"(\\left\s*[\[(]\s*)(\\begin\{(?:small)?matrix\}.*?\\end\{(?:small)?matrix\})(\s*\\right\s*[\])])", re.S
)
IF = re.compile(r"\s*(?:if|for|when|where)\b", re.IGNORECASE)
OTHERWISE = re.compile(r"\s*(?:otherwise|else|)[\s.]*", re.IGNORECASE)
WORDS = {
    "cdot": "*", "times": "*", "odot": "*", "ast": "*", "div": "/", "{": "(", "}": ")", "lvert": "|", "rvert": "|",
    "vert": "|", "ge": ">=", "geq": ">=", "le": "<=", "leq": "<=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">",
    "infty": "oo", "lambda": "λ", "varepsilon": "ε", "varphi": "φ", "vartheta": "θ", "prime": "'", "ell": "l",
}  # fmt: skip


def without_latex(text: str) -> Pieces:
    """Return `text` in pieces without LaTeX commands.

    Raises
    ------
    AnswerError
        If a command's argument or a closing brace is missing.
    """
    # σ^\prime and σ^{\prime} are σ', in as many characters: places stay what they are.
    text = re.sub(r"\^\s*(\{\s*\\prime\s*\}|\\prime)", lambda found: "'".ljust(len(found[0])), text)
    # The brackets that SymPy prints round a matrix say no more than the matrix does.
    text = BRACKETED.sub(lambda found: " " * len(found[1]) + found[2] + " " * len(found[3]), text)
    return _plain(text, 0, len(text))


def _plain(text: str, at: int, end: int) -> Pieces:
    pieces: Pieces = []
    while at < end:
        here, command = at, COMMAND.match(text, at, end)
        if not command:
            pieces.append((" " if text[at] in "$~&" else text[at], at))
            at += 1
            continue
        name, at = command[1], command.end()
        if name == "begin":
            block, at = _environment(text, here, end)
            pieces += block
        elif name in FRACTIONS:
            above, at = _argument(text, at, end)
            below, at = _argument(text, at, end)
            pieces += [("((", here), *above, (")/(", here), *below, ("))", here)]
        elif name == "sqrt":
            root: Pieces = [("2", here)]
            if text.startswith("[", at) and (close := text.find("]", at, end)) > 0:
                root, at = _plain(text, at + 1, close), close + 1
            inside, at = _argument(text, at, end)
            pieces += [("((", here), *inside, (")^(1/(", here), *root, (")))", here)]
        elif name in SPACES:
            pieces.append((" ", here))
        else:
            said: Pieces = [(WORDS.get(name, name), here)]
            if name in WRAPPERS:
                said, at = _argument(text, at, end)
            apart = text[at : at + 1].isalnum()  # \sin2x is sin 2x, and σ_1 of \sigma_1 stays together
            pieces += [(" ", here), *said, (" " if apart else "", here)]
    return pieces


def _environment(text: str, at: int, end: int) -> tuple[Pieces, int]:
    """Read a matrix as rows in brackets, and cases as a piecewise function, from where they begin."""
    begins = re.compile(r"\\begin\s*\{(\w+)\*?\}(?:\{[lcr|]*\})?").match(text, at, end)
    kind = begins[1] if begins else ""
    if not begins or kind not in (*MATRICES, *CASES):
        raise AnswerError("This LaTeX environment is not read here.", at)
    cells: list[list[tuple[int, int]]] = [[]]
    depth, start = 0, begins.end()
    for mark in re.compile(r"\\(begin|end)\b|\\\\|[&{}]|\\[{}]").finditer(text, start, end):
        sign = mark[0]
        if mark[1] == "end" and depth == 0:
            cells[-1].append((start, mark.start()))
            closing = text.find("}", mark.end(), end)
            if closing < 0:
                break
            rows = [[_plain(text, *cell) for cell in row] for row in cells if any(text[a:b].strip() for a, b in row)]
            return (_cases if kind in CASES else _rows)(rows, at), closing + 1
        if depth == 0 and sign in ("&", "\\\\"):
            cells[-1].append((start, mark.start()))
            start = mark.end()
            if sign != "&":
                cells.append([])
        depth += (sign == "{" or mark[1] == "begin") - (sign == "}" or mark[1] == "end")
    raise AnswerError("A LaTeX environment is opened and never closed.", at)


def _rows(rows: list[list[Pieces]], here: int) -> Pieces:
    written = [[("[", here), *_separated(row, here), ("]", here)] for row in rows]
    return [("[", here), *_separated(written, here), ("]", here)]


def _cases(rows: list[list[Pieces]], here: int) -> Pieces:
    branches: list[Pieces] = []
    for row in rows:
        value, condition = (row[0], [piece for part in row[1:] for piece in part])
        said = [(letter, place) for piece, place in condition for letter in piece]
        words = "".join(letter for letter, _ in said)
        if OTHERWISE.fullmatch(words):
            said = [("True", here)]
        elif found := IF.match(words):
            said = said[found.end() :]
        without_comma = [piece for piece in value if piece[0] != ","]  # "1, if z > 0"
        branches.append([("(", here), *without_comma, (",", here), *said, (")", here)])
    return [("Piecewise(", here), *_separated(branches, here), (")", here)]


def _separated(parts: list[Pieces], here: int) -> Pieces:
    joined: Pieces = []
    for part in parts:
        joined += [*([(",", here)] if joined else []), *part]
    return joined


def _argument(text: str, at: int, end: int) -> tuple[Pieces, int]:
    """Read a command's argument, a group in braces or one token, and return where it ends."""
    while at < end and text[at].isspace():
        at += 1
    if at == end:
        raise AnswerError("A LaTeX command lacks what it is applied to, in braces.", at - 1)
    if text[at] != "{":
        command = COMMAND.match(text, at, end)
        after = command.end() if command else at + 1
        return _plain(text, at, after), after
    depth = 0
    for brace in re.compile(r"(?<!\\)[{}]").finditer(text, at, end):
        depth += 1 if brace[0] == "{" else -1
        if depth == 0:
            return _plain(text, at + 1, brace.start()), brace.end()
    raise AnswerError("A brace is opened and never closed.", at)
