"""Files are read one after another, until they end or the work is to stop."""

from collections.abc import Iterator, Sequence

from corpus import Document, ReadError
from corpus.errors import NoReader
from corpus.intake import Intake, Source
from index.report import Failure, Progress, Report, Stop


def read_sources(
    sources: Sequence[Source], report: Report, progress: Progress, stop: Stop
) -> Iterator[Document]:
    """Yield the documents of some files; the report takes what cannot be read, and why.

    A document that was being read when the work was to stop is left out whole; the report names
    its file, and those that were not come to.
    """
    intake = Intake()
    for done, source in enumerate(sources):
        if stop():
            report.left_out += (left.name for left in sources[done:])
            break
        progress("read", done, len(sources))
        for name, read in intake.read(source):
            if stop():
                report.left_out.append(source.name)
                break
            if isinstance(read, NoReader) and name != source.name:
                report.passed_over.append(name)
            elif isinstance(read, ReadError):
                report.failed.append(Failure(name, str(read)))
            else:
                yield read
    if not report.left_out:
        progress("read", len(sources), len(sources))
    report.warnings += (Failure(name, str(line)) for name, line in intake.problems())
