"""Start the command line; Ctrl-C while it is still starting is no reason for a traceback."""

import sys

try:
    from tenhats.cli import main

    code = main()
except KeyboardInterrupt:
    code = 130
sys.exit(code)
