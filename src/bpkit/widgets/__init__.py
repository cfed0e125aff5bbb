"""Pictures that answer: widgets that compute and draw in the browser, each made in one line.

Their values are traits: ``explorer.x = 2`` moves the picture, and ``explorer.x`` is what the student has set. Without a
kernel a still picture stands in their place. The mathematics in JavaScript is held to `bpkit.nn` by the tests.
"""

from bpkit.widgets.activation_explorer import ActivationExplorer
from bpkit.widgets.answer_box import AnswerBox
from bpkit.widgets.chain_explorer import ChainExplorer
from bpkit.widgets.descent_explorer import DescentExplorer
from bpkit.widgets.network_stepper import NetworkStepper
from bpkit.widgets.softmax_explorer import SoftmaxExplorer
from bpkit.widgets.training_explorer import TrainingExplorer

__all__ = [
    "ActivationExplorer",
    "AnswerBox",
    "ChainExplorer",
    "DescentExplorer",
    "NetworkStepper",
    "SoftmaxExplorer",
    "TrainingExplorer",
]
