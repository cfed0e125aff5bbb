"""One of each widget, and the key that changes its picture: what the tests and benchmarks of all widgets go through."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """A widget as a notebook makes it.

    Parameters
    ----------
    name
        The class in `bpkit.widgets`.
    code
        The expression that makes one, with `bpkit` and `nn` at hand.
    label, key
        The accessible name of a control, and the key that, pressed on it again and again, changes the picture.
    """

    name: str
    code: str
    label: str
    key: str = "ArrowRight"

    def make(self):
        import bpkit

        return eval(self.code, {"bpkit": bpkit, "nn": bpkit.nn})

    def control(self, root):
        return root.get_by_label(self.label, exact=True)


SAMPLES = [
    Sample("ChainExplorer", "bpkit.widgets.ChainExplorer()", "x"),
    Sample("ActivationExplorer", "bpkit.widgets.ActivationExplorer()", "z", "ArrowLeft"),
    Sample("SoftmaxExplorer", "bpkit.widgets.SoftmaxExplorer()", "logit of class 2"),
    Sample("NetworkStepper", "bpkit.widgets.NetworkStepper()", "x_1", "ArrowUp"),
    Sample("DescentExplorer", "bpkit.widgets.DescentExplorer()", "start of the ball"),
    Sample("TrainingExplorer", "bpkit.widgets.TrainingExplorer()", "One epoch", "Enter"),
    Sample("AnswerBox", 'bpkit.ask("0.1").box', "df_dx", "1"),
]
