"""The receipt in a county's folder: what was asked and answered, so that nothing runs twice.

It is written last and at one stroke. A process that is killed leaves none, and the county is
planned again. A receipt counts only for the very same question and an unchanged plan.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from junheng.cluster.job import CountyConflict, CountyPlanned, CountyTask

FORMAT = "junheng-county/1"
PLAN, RECEIPT = "plan.json", "receipt.json"
_CHUNK = 1 << 20


def request_of(task: CountyTask, pack: str) -> dict[str, object]:
    """Return what makes a question the same: fingerprints and figures, no paths or times.

    Parameters
    ----------
    pack : fingerprint of the loaded pack
    """
    return {
        "roster": _digest(task.roster),
        "pack": pack,
        "on": task.on.isoformat(),
        "year": task.year,
        "seed": task.seed,
        "settings": [list(each) for each in sorted(task.settings)],
        "time_limit": task.time_limit,
        "engine": version("junheng"),
    }


def write_receipt(
    task: CountyTask, request: Mapping[str, object], answer: CountyPlanned | CountyConflict
) -> None:
    """Write the receipt; the plan, if there is one, already lies beside it."""
    plan = task.folder / PLAN
    values: dict[str, object] = {"format": FORMAT, "county": task.county, "request": request}
    match answer:
        case CountyPlanned():
            values |= {
                "answer": "planned",
                "plan": _digest(plan),
                "moves": answer.moves,
                "unmet": answer.unmet,
                "objectives": [list(each) for each in answer.objectives],
            }
        case CountyConflict():
            values |= {"answer": "conflict", "lines": list(answer.lines)}
    text = json.dumps(values, ensure_ascii=False, indent=2, sort_keys=True)
    write_at_one_stroke(task.folder / RECEIPT, text + "\n")


def finished(
    task: CountyTask, request: Mapping[str, object]
) -> CountyPlanned | CountyConflict | None:
    """Return the answer of an earlier run to the same question; None where there is none."""
    try:
        values = json.loads((task.folder / RECEIPT).read_text(encoding="utf-8"))
        if values["format"] != FORMAT or values["request"] != request:
            return None
        if values["answer"] == "conflict":
            lines = tuple(values["lines"])
            return CountyConflict(county=task.county, lines=lines, skipped=True)
        if values["plan"] != _digest(task.folder / PLAN):
            return None
        objectives = tuple((i, value, bound, n) for i, value, bound, n in values["objectives"])
        return CountyPlanned(
            county=task.county,
            moves=values["moves"],
            unmet=values["unmet"],
            objectives=objectives,
            skipped=True,
        )
    except (OSError, ValueError, KeyError, TypeError):
        # Half-written or foreign: as good as none, the county is planned again.
        return None


def write_at_one_stroke(path: Path, text: str) -> None:
    """Write beside the target and move into place: nobody ever reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    beside.write_bytes(text.encode("utf-8"))
    beside.replace(path)


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and files of a folder in order."""
    digest = hashlib.sha256()
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    for file in files:
        if file != path:
            digest.update(f"{file.relative_to(path).as_posix()}\0".encode())
        with file.open("rb") as content:
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
    return digest.hexdigest()
