"""What the README shows is what happens."""

import doctest
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import newsextract
from newsextract.records import Article

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def test_python_examples(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = "\n".join(block for block in blocks("python") if ">>>" in block)
    test = doctest.DocTestParser().get_doctest(text, {}, "README.md", "README.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    # doctest leaves files that an example opens to the garbage collector.
    with pytest.warns(ResourceWarning) if "open(" in text else monkeypatch.context():
        runner.run(test)

    assert runner.tries > 8
    assert runner.failures == 0


def test_console_examples():
    shown = [block for block in blocks("console") if block.startswith("$ ")]
    assert shown
    for block in shown:
        command, _, expected = block[2:].partition("\n")
        program, *arguments = shlex.split(command)
        result = subprocess.run(
            [Path(sys.executable).with_name(program), *arguments],
            cwd=ROOT, capture_output=True, timeout=60, check=True,
        )  # fmt: skip
        # An ellipsis at the end of the example stands for the rest.
        assert result.stdout.decode().startswith(expected.rstrip("\n").rstrip("…").rstrip())


def test_the_two_commands_are_those_that_ci_runs():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "pip install -e '.[dev]' && pytest" in README
    assert "pip install -e '.[dev]'" in ci
    assert "\n    pytest\n" in ci


def test_every_option_field_kind_and_module_is_named():
    usage = subprocess.run(
        [Path(sys.executable).with_name("newsextract"), "--help"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for option in re.findall(r"--[a-z]+", usage):
        assert option in README or option == "--format", option
    for field in Article.__dataclass_fields__:
        assert f"`{field}`" in README, field
    for kind in newsextract.FailureKind:
        assert f"`{kind}`" in README, kind
    for path in Path(newsextract.__file__).parent.iterdir():
        name = path.name + ("/" if path.is_dir() else "")
        if not name.startswith(("__pycache__", "py.typed", "record.schema")):
            assert f"      {name} " in README, name
