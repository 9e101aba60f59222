"""What the README shows is what happens."""

import re
from pathlib import Path

import newsextract
from commands import printed_by
from examples import ROOT, blocks, run_command, run_session, sessions
from newsextract.records import Article

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_python_examples(monkeypatch):
    monkeypatch.chdir(ROOT)

    assert run_session(sessions(README), "README.md") > 8


def test_console_examples():
    shown = [block for block in blocks(README, "console") if block.startswith("$ ")]
    assert shown
    for block in shown:
        run_command(block)


def test_links_lead_somewhere():
    links = re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", README)
    assert len(links) > 12
    for path, anchor in links:
        text = (ROOT / path).read_text(encoding="utf-8") if path else README
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        # As code hosts make them, and MyST likewise.
        anchors = {re.sub(r"[^\w -]", "", it.lower()).replace(" ", "-") for it in headings}
        assert not anchor or anchor in anchors, (path, anchor)


def test_the_two_commands_are_those_that_ci_runs():
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "pip install -e '.[dev]' && pytest" in README
    assert "pip install -e '.[dev]'" in ci
    assert "\n    pytest\n" in ci


def test_every_option_field_kind_and_module_is_named():
    usage = printed_by("--help").decode()
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
