"""Start the command line; Ctrl-C while it is still starting is no reason for a traceback."""

import gc
import sys

gc.disable()  # what is imported stays: looking for garbage in it, now or later, finds none
try:
    from tenhats.cli import main

    gc.freeze()
    gc.enable()
    code = main()
except KeyboardInterrupt:
    code = 130
sys.exit(code)
