"""`python -m natrium` is the `natrium` command."""

import sys

from natrium.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
