"""The command line as `python -m newsextract`, where the installed command is not on the path."""

import sys

from newsextract.cli import main

if __name__ == "__main__":
    sys.exit(main())
