"""The run over a catalogue: batches out, answers back in order, and a mark to go on from."""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

from app.batch.catalogue import CatalogueSummary, State
from app.cli.catalogue_sinks import Sink, growing_file
from app.cli.catalogue_sources import Item, Source
from app.cli.catalogue_workers import Answer, Workers
from app.errors import InvalidInputError

_BATCH_ITEMS = 64
_BATCH_BYTES = 1024 * 1024
#: Batches that wait for each worker, so that none is idle and memory stays bounded.
_AHEAD = 3
_MARK_SECONDS = 1.0
_HEAD_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far a run is, as it stands in its mark file.

    Attributes:
        question: Fingerprint of input and options; a run only goes on with the same.
        options: The options that would differ from day to day, such as the date.
        products: Products whose answers are whole in the output.
        written: Size of the output with them [bytes].
        summary: Sums over them.
    """

    question: str
    options: Mapping[str, str]
    products: int
    written: int
    summary: State

    def save(self, path: Path) -> None:
        """Write the mark so that there is always a whole one."""
        fresh = path.with_name(f"{path.name}.new")
        fresh.write_text(json.dumps(asdict(self)), encoding="utf-8")
        fresh.replace(path)


def mark_file(output: Path) -> Path:
    """Return the file that tells how far an output is."""
    return output.with_name(f"{output.name}.mark")


def read_mark(output: Path) -> Mark | None:
    """Return the mark of an unfinished run, or None where there is none."""
    path = mark_file(output)
    if not path.exists():
        return None
    try:
        mark = Mark(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise InvalidInputError(f"{path} cannot be read; remove it and begin anew") from error
    part = growing_file(output)
    if not part.exists() or part.stat().st_size < mark.written:
        raise InvalidInputError(f"{part} is shorter than its mark says; remove both, begin anew")
    return mark


def question_of(source: Source, options: Mapping[str, str]) -> str:
    """Return a fingerprint of what a run is about: the input's size and head, and the options."""
    digest = hashlib.sha256(json.dumps(dict(options), sort_keys=True).encode())
    path = source.path
    digest.update(f"{path.name} {source.size}".encode())
    if path.is_file():
        digest.update(str(path.stat().st_size).encode())
        with path.open("rb") as file:
            digest.update(file.read(_HEAD_BYTES))
    return digest.hexdigest()


def batches(items: Iterator[Item]) -> Iterator[list[Item]]:
    """Yield the products in batches, bounded in number and size."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.content)
        if len(batch) == _BATCH_ITEMS or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@dataclass(slots=True)
class Run:
    """One run over a catalogue.

    Attributes:
        source: The products.
        workers: Who answers them.
        output: The file that the caller wants.
        form: ndjson, csv or parquet.
        options: What is asked; a run only goes on with the same.
        count: Workers.
        tell: Called with the place in the source and the summary as answers come.
    """

    source: Source
    workers: Workers
    output: Path
    form: str
    options: Mapping[str, str]
    count: int
    tell: Callable[[int, CatalogueSummary], None]

    def go(self, mark: Mark | None) -> CatalogueSummary:
        """Answer everything that the mark does not have yet, and return the sums over all."""
        question = question_of(self.source, self.options)
        if mark is not None and mark.question != question:
            raise InvalidInputError(
                "the input or the options are not those of the run that stopped; begin anew"
            )
        done = mark.products if mark is not None else 0
        summary = CatalogueSummary.restored(mark.summary) if mark else CatalogueSummary()
        sink = Sink(self.output, self.form, mark.written if mark is not None else 0)
        try:
            self._answered(sink, summary, done, question)
            sink.finish(self.workers.summary(summary.state()))
        finally:
            sink.close()
        mark_file(self.output).unlink(missing_ok=True)
        return summary

    def _answered(self, sink: Sink, summary: CatalogueSummary, done: int, question: str) -> None:
        marked = time.perf_counter()
        for items, answers in self._in_order(islice(self.source.items(), done, None), done + 1):
            for answer, score in answers:
                sink.write(answer, score.place)
                summary.add(score)
            self.tell(items[-1].end, summary)
            if time.perf_counter() - marked >= _MARK_SECONDS:
                Mark(
                    question=question,
                    options=self.options,
                    products=summary.products,
                    written=sink.saved(),
                    summary=summary.state(),
                ).save(mark_file(self.output))
                marked = time.perf_counter()

    def _in_order(
        self, items: Iterator[Item], first: int
    ) -> Iterator[tuple[Sequence[Item], list[Answer]]]:
        """Yield batches with their answers, in order, several of them under way."""
        waiting: deque[tuple[Sequence[Item], Future[list[Answer]]]] = deque()
        for batch in batches(items):
            waiting.append((batch, self.workers.submit(batch, first)))
            first += len(batch)
            if len(waiting) > self.count * _AHEAD:
                oldest, answers = waiting.popleft()
                yield oldest, answers.result()
        while waiting:
            oldest, answers = waiting.popleft()
            yield oldest, answers.result()
