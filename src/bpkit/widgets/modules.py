"""JavaScript in several files, and one module of it for anywidget, which takes just one.

Every file is a plain ES module, which a browser can load as it stands, and so the tests do. A widget gets its module
and those that it imports, the imported first, in one text without the words ``import`` and ``export``. Names at the
top of a module are therefore seen by all: a name that two modules give to two things is an error in every browser.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
# import { one, other } from "./shared/numbers.js"; it may go over several lines, and cannot rename
IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w./-]+)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class)\b)", re.MULTILINE)


@cache
def joined(name: str) -> str:
    """Return the module `name` with all that it imports, as one module.

    Parameters
    ----------
    name
        Its file in this folder, such as ``"chain_explorer.js"``.
    """
    modules: dict[Path, str] = {}
    _gather((FOLDER / name).resolve(), modules)
    return "\n".join(modules.values())


def _gather(path: Path, modules: dict[Path, str]) -> None:
    """Put the module at `path` behind those that it needs."""
    if path in modules:
        return
    text = path.read_text(encoding="utf-8")
    for found in IMPORT.finditer(text):
        _gather((path.parent / found[1]).resolve(), modules)
    modules[path] = EXPORT.sub("", IMPORT.sub("", text))
