"""What LaTeX says in commands is written in ordinary notation, and every piece knows where it stood."""

import pytest

from bpkit.checking import AnswerError
from bpkit.checking.latex import without_latex

WRITTEN = {
    r"\frac{x}{y}": "((x)/(y))",
    r"\frac12x": "((1)/(2))x",
    r"\sqrt[3]{x}y": "((x)^(1/(3)))y",
    r"\sqrt x": "((x)^(1/(2)))",
    r"\sin2x": " sin 2x",
    r"\sigma_1": " sigma_1",
    r"\ell-1": " l-1",
    r"\sigma^{\prime}(x)": " sigma'        (x)",
    r"\mathrm{x}y": " x y",
    r"x\,y~1": "x y 1",
    r"\{x\}": " ( x )",
    # matrices
    r"\begin{pmatrix} x & y \\ 1 & 2 \end{pmatrix}": "[[ x , y ],[ 1 , 2 ]]",
    r"\begin{bmatrix}x\\y\end{bmatrix}2": "[[x],[y]]2",
    r"\left[\begin{matrix}x & 1\end{matrix}\right]": "      [[x , 1]]       ",
    r"\left( \begin{smallmatrix}x\end{smallmatrix} \right)y": "       [[x]]        y",
    r"\begin{array}{lc|r} x & y \\ \end{array}": "[[ x , y ]]",
    r"\begin{matrix}\\ x \\\\ y\end{matrix}": "[[ x ],[ y]]",
    r"\begin{matrix}\{x\} & y\end{matrix}": "[[ ( x ) , y]]",
    r"\begin{matrix} \frac{x}{y} & {1 & 2} \\ \begin{matrix}1 & 2\end{matrix} & y\end{matrix}": (
        "[[ ((x)/(y)) , {1   2} ],[ [[1 , 2]] , y]]"
    ),
    # cases
    r"\begin{cases} 1 & \text{if } x > 0 \\ 2, & \text{otherwise.} \end{cases}": "Piecewise(( 1 ,  x > 0 ),( 2 ,True))",
    r"\begin{dcases*} x, & for x > 0 \\ y & else \end{dcases*}": "Piecewise(( x , x > 0 ),( y ,True))",
    r"\begin{rcases} x & When x > 0 \\ y & \end{rcases}": "Piecewise(( x , x > 0 ),( y ,True))",
    r"\begin{cases}1 & x > 0 & y\end{cases}": "Piecewise((1 , x > 0  y))",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_commands_are_written_in_ordinary_notation_and_letters_stay_where_they_were(text):
    pieces = without_latex(text)
    assert "".join(piece for piece, _ in pieces) == WRITTEN[text]
    for piece, place in pieces:
        if len(piece) == 1 and piece in "xy123_":
            assert text[place] in (piece, "\\")  # the 2 of a square root stands where the command does
        elif len(piece) > 1:
            assert text[place] == "\\"


@pytest.mark.parametrize(
    ("text", "said", "place"),
    [
        (r"x + \begin{foo}x\end{foo}", "This LaTeX environment is not read here.", 4),
        (r"x + \begin x", "This LaTeX environment is not read here.", 4),
        (r"x + \begin{matrix} x", "A LaTeX environment is opened and never closed.", 4),
        (r"x + \begin{matrix} x \end{matrix", "A LaTeX environment is opened and never closed.", 4),
        (r"x + \begin{matrix} {x \end{matrix}", "A LaTeX environment is opened and never closed.", 4),
        (r"x + \frac{1}", "A LaTeX command lacks what it is applied to, in braces.", 11),
        (r"x + \sqrt{1", "A brace is opened and never closed.", 9),
    ],
)
def test_what_is_not_closed_or_not_known_is_told_with_its_place(text, said, place):
    with pytest.raises(AnswerError) as error:
        without_latex(text)
    assert (str(error.value), error.value.position) == (said, place)
