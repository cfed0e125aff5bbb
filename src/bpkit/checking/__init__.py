"""Is this answer right, and if not, why? One module for each kind of answer; none of them knows the course."""

from .arrays import Array
from .derivations import Derivation
from .explanations import Explanation
from .expressions import Expression
from .functions import Function
from .numeric import Comparison, equivalent
from .parsing import parse
from .tables import Matrix, Table
from .verdict import Answer, AnswerError, Mistake, Status, Verdict, Witness, together

__all__ = [
    "Answer",
    "AnswerError",
    "Array",
    "Comparison",
    "Derivation",
    "Explanation",
    "Expression",
    "Function",
    "Matrix",
    "Mistake",
    "Status",
    "Table",
    "Verdict",
    "Witness",
    "equivalent",
    "parse",
    "together",
]
