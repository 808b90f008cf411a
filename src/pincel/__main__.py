"""`python -m pincel` is the command line."""

import os
import sys

from pincel.cli import main

code = main()
if os.environ.get("WORLD_SIZE", "1") != "1":
    # one of several that torchrun started: everything is written, and taking the interpreter down
    # beside torch's threads has been seen to abort now and then (torch 2.14, gloo), which torchrun
    # would take for a failure
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
raise SystemExit(code)
