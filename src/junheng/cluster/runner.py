"""County by county over processes, a new process for each.

A process of its own gives its memory back when it ends, and one that the system kills takes
nobody with it: the county is tried once more, then reported as lost. What is finished is
recognised by its receipt and not done again.
"""

from __future__ import annotations

import multiprocessing
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from junheng.cluster.job import CountyCancelled, CountyFailed, CountyResult, CountyTask
from junheng.cluster.receipts import finished, request_of
from junheng.cluster.worker import work
from junheng.engine.policy.loading import load

MOST_ATTEMPTS = 2
_LOST = "lost"
_LOOK_AROUND_SECONDS = 0.2
_PATIENCE_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Started:
    """A process began with a county; ``attempt`` counts from 1."""

    county: str
    attempt: int
    pid: int


@dataclass(frozen=True, slots=True)
class Reached:
    """A county's planning began the stage of an objective."""

    county: str
    objective: str


Progress = Callable[[Started | Reached], None]


def plan_counties(
    tasks: Iterable[CountyTask],
    *,
    workers: int,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Generator[CountyResult, None, None]:
    """Plan many counties and yield each result as it is there.

    Every task gets exactly one result. Closing the iterator ends the processes.

    Parameters
    ----------
    workers : how many processes at once, at least 1; memory is needed for as many counties
    progress : told what begins; called in the caller's own thread
    cancelled : asked several times a second; once it says yes, the processes are ended and
        all counties that are not finished are reported as cancelled

    Raises
    ------
    ValueError
        If two tasks name the same folder, or there is no worker.
    PackError
        If a pack cannot be loaded; before any county is begun.
    """
    waiting = deque(_Attempt(task) for task in tasks)
    _check(waiting, workers)
    pool = _Pool(workers, _packs(waiting), progress or _tell_nobody)
    try:
        while waiting or pool.running:
            if cancelled is not None and cancelled():
                pool.stop()
                left = [*pool.running, *waiting]
                yield from (CountyCancelled(county=each.task.county) for each in left)
                return
            yield from pool.begin(waiting)
            yield from pool.results(waiting)
    finally:
        pool.stop()


@dataclass(slots=True, eq=False)
class _Attempt:
    """A county that waits or runs."""

    task: CountyTask
    number: int = 1
    child: SpawnProcess | None = None
    answers: Connection | None = None
    result: CountyResult | None = None


@dataclass(slots=True)
class _Pool:
    """The processes at work."""

    workers: int
    packs: Mapping[str | Path, str]
    progress: Progress
    running: list[_Attempt] = field(default_factory=list)

    def begin(self, waiting: deque[_Attempt]) -> Iterator[CountyResult]:
        """Start as many as there is room for; yield those that are finished already."""
        while waiting and len(self.running) < self.workers:
            attempt = waiting.popleft()
            request = request_of(attempt.task, self.packs[attempt.task.pack])
            before = finished(attempt.task, request)
            if before is not None:
                yield before
                continue
            self._start(attempt, request)

    def results(self, waiting: deque[_Attempt]) -> Iterator[CountyResult]:
        """Hear what has been sent; a process lost for the first time goes back to wait."""
        heard = [each.answers for each in self.running if each.answers is not None]
        ready = set(wait(heard, _LOOK_AROUND_SECONDS)) if heard else set()
        for attempt in [each for each in self.running if each.answers in ready]:
            if self._hear(attempt):
                continue
            self.running.remove(attempt)
            _end(attempt)
            if attempt.result is not None:
                yield attempt.result
            elif attempt.number < MOST_ATTEMPTS:
                waiting.appendleft(_Attempt(attempt.task, attempt.number + 1))
            else:
                county, number = attempt.task.county, attempt.number
                yield CountyFailed(county=county, attempts=number, reason=_LOST)

    def stop(self) -> None:
        """End every process; what is half done leaves no receipt."""
        for attempt in self.running:
            _end(attempt)

    def _start(self, attempt: _Attempt, request: Mapping[str, object]) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        child = context.Process(
            target=work, args=(attempt.task, request, attempt.number, theirs), daemon=True
        )
        child.start()
        theirs.close()  # else the end of the process could not be heard
        attempt.child, attempt.answers = child, ours
        self.running.append(attempt)
        self.progress(Started(attempt.task.county, attempt.number, child.pid or 0))

    def _hear(self, attempt: _Attempt) -> bool:
        """Take one message; whether more may come."""
        if attempt.answers is None:
            return False
        try:
            message = attempt.answers.recv()
        except (EOFError, OSError):
            return False
        if isinstance(message, str):
            self.progress(Reached(attempt.task.county, message))
        else:
            attempt.result = message
        return True


def _check(waiting: Iterable[_Attempt], workers: int) -> None:
    if workers < 1:
        raise ValueError("at least one worker is needed")
    twice = [
        str(folder)
        for folder, times in Counter(each.task.folder for each in waiting).items()
        if times > 1
    ]
    if twice:
        raise ValueError(f"more than one task for {', '.join(twice)}")


def _packs(waiting: Iterable[_Attempt]) -> dict[str | Path, str]:
    """Return the fingerprint of each pack, loaded once."""
    packs = dict.fromkeys(each.task.pack for each in waiting)
    return {pack: load(pack).fingerprint for pack in packs}


def _end(attempt: _Attempt) -> None:
    if attempt.answers is not None:
        attempt.answers.close()
        attempt.answers = None
    child, attempt.child = attempt.child, None
    if child is None:
        return
    if attempt.result is None:
        child.kill()
    child.join(_PATIENCE_SECONDS)
    if child.is_alive():
        child.kill()
        child.join()
    child.close()


def _tell_nobody(_event: Started | Reached) -> None:
    """Take the place of a caller who does not want to know."""
