"""The symbols of the five texts side by side."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Symbol:
    """One thing, and how each text writes it, in LaTeX; empty where a text has no sign for it.

    Parameters
    ----------
    meaning
        What it is, in words.
    here
        As in this course, which follows the worksheet.
    carson, softmax_notes, dsc255, fda
        As in the other texts.
    """

    meaning: str
    here: str
    carson: str = ""
    softmax_notes: str = ""
    dsc255: str = ""
    fda: str = ""

    def of(self, source: str) -> str:
        """Return the sign of one source; of the worksheet it is ours."""
        return self.here if source == "worksheet" else str(getattr(self, source.replace("-", "_")))


GLOSSARY = (
    Symbol("the input", r"\mathbf{a}^1", r"\boldsymbol{x} = \boldsymbol{x}_0", "X", "x = h_0", "x"),
    Symbol("weights into the first layer that computes", "W^2", "A_0", "W_1", "w_1", "W^{(1)}"),
    Symbol("its biases", r"\mathbf{b}^2", r"\boldsymbol{b}_0", "b_1", "b_1"),
    Symbol(
        "what arrives there",
        r"\mathbf{z}^2",
        r"A_0 \boldsymbol{x}_0 + \boldsymbol{b}_0",
        "Z_1",
        "w_1 h_0 + b_1",
        "g(W^{(1)}, x)",
    ),
    Symbol("what leaves it", r"\mathbf{a}^2", r"\boldsymbol{x}_1 = f_1(\boldsymbol{x}_0)", "A_1", "h_1", "z"),
    Symbol("weights into layer $l$", "W^l", "A_{l-2}", "W_{l-1}", "w_{l-1}", "W^{(l-1)}"),
    Symbol(
        "the weight from neuron $k$ to neuron $j$", "w_{jk}^l", "(A_{l-2})_{jk}", "(W_{l-1})_{jk}", "", "W_{jk}^{(l-1)}"
    ),
    Symbol("biases of layer $l$", r"\mathbf{b}^l", r"\boldsymbol{b}_{l-2}", "b_{l-1}", "b_{l-1}"),
    Symbol("what leaves layer $l$", r"\mathbf{a}^l", r"\boldsymbol{x}_{l-1}", "A_{l-1}", "h_{l-1}"),
    Symbol("the number of the last layer", "F", "K + 1", "3", r"\ell + 1", "3"),
    Symbol(
        "the output",
        r"\mathbf{a}^F",
        r"\boldsymbol{f}_K(\boldsymbol{\theta}, \boldsymbol{x})",
        r"A_2 = \hat{y}",
        r"h_\ell",
        r"\hat{y}",
    ),
    Symbol("the target", r"\mathbf{y}", r"\boldsymbol{y}", "y", "y^{(i)}", "y"),
    Symbol("all weights and biases", r"\theta", r"\boldsymbol{\theta}", "", "W"),
    Symbol("number of inputs", "n_1", "", "D", "1", "p"),
    Symbol("number of hidden neurons", "n_2", "", "h", "1"),
    Symbol("number of outputs", "c", "", "O", "k"),
    Symbol("number of samples (in the worksheet $n$)", "N", "", "", "n", "n"),
    Symbol("activation function", r"\sigma", r"\sigma", r"\sigma", r"\sigma", r"\phi"),
    Symbol("its slope", r"\sigma'", "", r"\frac{d\sigma}{dx}", r"\sigma'", r"\phi'"),
    Symbol(
        "loss of one sample",
        "L",
        r"\mathcal{L}(\boldsymbol{\theta})",
        r"\mathcal{L}(y, \hat{y})",
        "L",
        r"\mathcal{L}(y, \hat{y})",
    ),
    Symbol("loss of all samples", "L_T", "", "", "L(W)", r"\mathcal{L}(y, \hat{y})"),
    Symbol("error of a layer", r"\mathbf{d}^l", "", r"\frac{\partial L}{\partial z_{l-1}}"),
    Symbol(
        "slopes of layer $l$ by the layer before",
        r"\frac{\partial \mathbf{a}^l}{\partial \mathbf{a}^{l-1}}",
        r"\frac{\partial \boldsymbol{f}_{l-1}}{\partial \boldsymbol{f}_{l-2}}",
        "",
        r"\frac{dh_{l-1}}{dh_{l-2}}",
        r"D_z \hat{y}",
    ),
    Symbol("product entry by entry", r"\odot"),
)

# What each text is called at the head of its column.
NAMES = {
    "worksheet": "here (the worksheet)",
    "carson": "Carson",
    "softmax-notes": "lecture notes of 2024",
    "dsc255": "DSC 255 (one neuron a layer)",
    "fda": "Foundations of Data Analysis",
}


def as_table(sources: tuple[str, ...] = tuple(NAMES)) -> str:
    """Write the glossary as a Markdown table with a column for each of these sources, ours always the first."""
    columns = ["worksheet", *(source for source in sources if source != "worksheet")]
    lines = [["what it is", *(NAMES[source] for source in columns)], ["---"] * (len(columns) + 1)]
    for symbol in GLOSSARY:
        signs = [symbol.of(source) for source in columns]
        if any(signs[1:]) or len(columns) == len(NAMES):
            lines.append([symbol.meaning, *(f"${sign}$" if sign else "no sign" for sign in signs)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
