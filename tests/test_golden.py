"""Pages in every form, compared to the letter with files that somebody has read."""

from golden.write import FOLDER, golden_files


def test_every_form_is_what_somebody_has_read():
    files = golden_files()

    assert set(files) == {path for path in FOLDER.iterdir() if path.suffix not in (".py", "")}
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, (
            f"{path.name} differs; if that is right: python tests/golden/write.py, and read it"
        )
