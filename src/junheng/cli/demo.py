"""``python dev.py demo``: the whole walk on a sample county, with progress and a summary."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from junheng.cli.console import prepare_streams
from junheng.engine.audit import Audit, audit
from junheng.engine.balance import balance, balance_lines
from junheng.engine.documents import write_report
from junheng.engine.planning import Planned, plan
from junheng.engine.plans import Plan, plan_text
from junheng.engine.policy.loading import load
from junheng.engine.policy.resolving import resolve
from junheng.engine.roster.generator import generate
from junheng.engine.roster.reading import read_roster
from junheng.engine.roster.writing import write_workbook
from junheng.engine.screening import Screening, screen
from junheng.messages import Language, sentence

FOLDER = Path("demo-output")
UNITS, PERSONS, SEED = 100, 5000, 7
PACK, ON = "datong-example", date(2026, 8, 31)


@contextmanager
def step(code: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    click.echo(f"… {sentence(code)}", err=True, nl=False)
    started = time.perf_counter()
    yield
    click.echo(f"（{time.perf_counter() - started:.1f} 秒）", err=True)


def walk(folder: Path) -> int:
    """Walk once: county, roster check, screening, plan, audit, report; return the exit code."""
    folder.mkdir(parents=True, exist_ok=True)
    county = folder / "花名册.xlsx"
    with step("demo.sample"):
        write_workbook(generate(units=UNITS, persons=PERSONS, seed=SEED, on=ON), county, on=ON)
    with step("demo.read"):
        roster = read_roster(county)
    with step("demo.screen"):
        screening = screen(roster, resolve(load(PACK), on=ON))
    with step("demo.plan"):
        outcome = plan(roster, screening, seed=SEED)
    if not isinstance(outcome, Planned):
        click.echo(sentence("demo.no-plan"), err=True)
        return 1
    found = outcome.plan
    (folder / "plan.json").write_bytes(plan_text(found).encode())
    with step("demo.audit"):
        audited = audit(roster, screening, found)
    with step("demo.report"):
        files = write_report(roster, screening, found, folder=folder, with_grounds=False)
    for line in summary(screening, found, audited, [county, folder / "plan.json", *files]):
        click.echo(line)
    return 0 if audited.clean else 1


def summary(screening: Screening, plan: Plan, audited: Audit, files: list[Path]) -> list[str]:
    """Return the dozen lines that say what came out and where the files lie."""
    counts = "，".join(
        f"{sentence(f'outcome.{outcome}')} {count}"
        for outcome, count in screening.counts().items()
    )
    proven = all(objective.proven for objective in plan.objectives)
    roster = screening.evaluation.roster
    lines = [
        sentence("demo.screened", persons=roster["persons"].height, counts=counts),
        sentence(
            "demo.planned", moves=len(plan.moves), unmet=sum(u.amount for u in plan.unmet)
        ),
        sentence("demo.proven" if proven else "demo.unproven"),
        sentence("demo.audited" if audited.clean else "demo.violations"),
        *balance_lines(balance(roster, screening, plan), Language.ZH)[:6],
        sentence("demo.files", folder=files[0].parent.resolve()),
    ]
    return [*lines, *(f"  {file.name}" for file in files)]


def main() -> int:
    """Run the walk in ``demo-output``."""
    prepare_streams()
    return walk(FOLDER)


if __name__ == "__main__":
    sys.exit(main())
