"""The layout: who may import whom, and how cheap the first import is."""

import ast
import subprocess
import sys
from pathlib import Path

import newsextract

SOURCE = Path(newsextract.__file__).parent
# A module may import from itself and from what stands in its row.
MAY_IMPORT = {
    "errors": set(),
    "options": {"errors"},
    "records": set(),
    "challenges": set(),
    "contents": {"errors"},
    "extraction": {"challenges", "contents", "errors", "options", "records"},
    "normalization": {"errors", "extraction", "records"},
    "batch/answers": {"errors", "fetching"},
    "batch/columns": {"batch", "errors"},
    "batch/framing": {"batch"},
    "batch/inputs": {"batch", "errors"},
    "batch/items": {"errors", "records"},
    "batch/members": set(),
    "batch/tables": {"batch", "errors"},
    "batch/unpacking": {"batch"},
    "batch/warc": {"batch", "errors"},
    "render": {"records"},
    "serialization": {"errors", "records"},
    "fetching": {"challenges", "contents", "errors", "options", "records"},
    "explanation": {
        "api",
        "errors",
        "extraction",
        "normalization",
        "options",
        "records",
        "serialization",
    },
    "discovery": {"errors", "extraction", "fetching", "normalization", "options", "records"},
}
# These two are reached through methods of Article, imported where they are called.
LATE = {"records": {"render", "serialization"}}


def imported_by(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names


def test_stages_import_only_what_stands_before_them():
    for stage, allowed in MAY_IMPORT.items():
        place = SOURCE / stage
        for path in [place.with_suffix(".py")] if not place.is_dir() else place.glob("*.py"):
            ours = {
                name.split(".")[1] for name in imported_by(path) if name.startswith("newsextract.")
            }
            assert ours <= allowed | {stage} | LATE.get(stage, set()), path


def test_only_the_fetcher_knows_http_and_only_the_dom_knows_the_parser():
    for path in SOURCE.rglob("*.py"):
        top = {name.split(".")[0] for name in imported_by(path)}
        # One file to exchange it in.
        assert not {"httpx", "httpcore"} & top or path.name == "library.py", path
        assert "selectolax" not in top or path.name == "dom.py", path


def test_modules_stay_readable():
    for path in SOURCE.rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, path


def test_public_names_are_sorted_there_and_in_the_readme():
    assert newsextract.__all__ == sorted(newsextract.__all__)
    for name in newsextract.__all__:
        assert getattr(newsextract, name).__doc__, name


def test_importing_costs_little_and_brings_in_nothing_heavy():
    heavy = ("httpx", "trafilatura", "dateparser", "numpy", "selectolax", "rich", "msgspec", "lxml",
             "feedparser", "courlan")  # fmt: skip
    program = (
        "import sys, time; start = time.perf_counter(); import newsextract; "
        "took = time.perf_counter() - start; "
        f"print(took, [name for name in {heavy!r} if name in sys.modules])"
    )
    outputs = [
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True
        ).stdout.split(" ", 1)
        for _ in range(3)
    ]
    assert min(float(took) for took, _ in outputs) < 0.15
    assert {loaded.strip() for _, loaded in outputs} == {"[]"}
