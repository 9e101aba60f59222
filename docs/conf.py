"""How Sphinx builds this site: `sphinx-build -W --keep-going docs build/docs`."""

import importlib.metadata
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))

project = author = "newsextract"
version = release = importlib.metadata.version("newsextract")
html_title = f"newsextract {version}"
html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_show_copyright = False
html_static_path = ["static"]
html_css_files = ["site.css"]

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "command_reference",
    "record_tables",
    "public_names",
]
exclude_patterns = ["extensions"]
myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

# In docstrings as in Markdown, what stands between backticks is code.
default_role = "code"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
# Other projects' names lead nowhere, since a build asks no other site where they are.
nitpicky = True
nitpick_ignore_regex = [
    ("py:.*", r"(?!newsextract\.).*"),
    # The types of modules that are not public, which autodoc writes out.
    ("py:class", r"newsextract(\.[a-z]\w*){2}\.\w+"),
]
