"""`python -m pincel` is the command line."""

from pincel.cli import main

raise SystemExit(main())
