"""Those that read the pages of a batch, in processes and in Ray, by themselves."""

import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from newsextract.batch import run_batch
from newsextract.batch.ray_workers import RayWorkers
from newsextract.batch.workers import Workers
from newsextract.errors import OutOfTime
from test_batch import batch, pages


class SilentRay:
    """Stands in for Ray: an actor starts, begins what it is given, and is never done with it."""

    def __init__(self) -> None:
        errors = ("RayError", "RayTaskError", "OutOfMemoryError")
        self.exceptions = SimpleNamespace(**{name: type(name, (Exception,), {}) for name in errors})

    def is_initialized(self) -> bool:
        return True

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 1.0}

    def remote(self, **_: object) -> Any:
        version = SimpleNamespace(remote=lambda: "started")
        do = SimpleNamespace(remote=begin)
        actor = SimpleNamespace(version=version, do=do)
        return lambda _: SimpleNamespace(remote=lambda *_: actor)

    def wait(self, asked: list[str], *, timeout: float, **_: object) -> tuple[list[str], list[str]]:
        time.sleep(min(timeout, 0.01))
        return [one for one in asked if one == "started"], []

    def get(self, _: str) -> str:
        from importlib.metadata import version

        return version("newsextract")

    def kill(self, actor: object, **_: object) -> None:
        pass


def begin(note: str) -> str:
    Path(note).touch()
    return "under way"


def begin_and_never_end(note: str) -> None:
    begin(note)
    time.sleep(600)


@pytest.mark.parametrize("kind", [Workers, RayWorkers])
def test_while_the_machine_sleeps_no_page_takes_time(tmp_path, monkeypatch, kind):
    monkeypatch.setitem(sys.modules, "ray", SilentRay())
    own, asleep = time.monotonic, 0.0
    monkeypatch.setattr(time, "monotonic", lambda: own() + asleep)
    note = tmp_path / "begun"
    with kind(begin_and_never_end, count=1, seconds=1.5, megabytes=1_000) as workers:
        workers.submit(7, str(note))
        while not note.exists():
            assert workers.results(0.01) == []
        asleep = 3_600.0
        assert workers.results(0.0) == []
        done: list[tuple[int, object]] = []
        while not done:
            done = workers.results(0.1)

    [(number, failure)] = done
    assert number == 7
    assert isinstance(failure, OutOfTime)


WHAT_IS_LOADED_LATE = """
import sys
from pathlib import Path
import newsextract.batch.preload
from newsextract.batch import Item
from newsextract.batch.reading import Reader

def packages():
    return {name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names

before = packages()
for page in Path(sys.argv[1]).glob("c*/page.html"):
    Reader().page(Item(place=str(page), body=page.read_bytes()))
print(*sorted(packages() - before))
"""


def test_all_that_pages_may_need_is_loaded_before_their_time_counts():
    fixtures = Path(__file__).parent / "fixtures"
    done = subprocess.run(
        [sys.executable, "-c", WHAT_IS_LOADED_LATE, fixtures], capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    assert done.stdout.split() == []


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
@pytest.mark.parametrize("megabytes", [1, sys.maxsize])
def test_any_limit_of_memory_can_be_kept(tmp_path, megabytes):
    folder = pages(tmp_path / "pages", 3)
    summary = run_batch(batch(folder, tmp_path / "out", megabytes=megabytes, workers=1))

    assert summary.inputs == 3
    assert not set(summary.failures) - {"out_of_memory"}
