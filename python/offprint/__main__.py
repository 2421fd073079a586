"""``python -m offprint``: the command line, as the program ``offprint`` has it. docs/commandline.md"""
import os
import signal
import sys

from . import _native


def main() -> int:
    # As the program's own main() does: a closed pipe and a limit on file sizes are errors that are told.
    for name in ("SIGPIPE", "SIGXFSZ"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the program sets its own while it runs
    return _native.run_program([b"offprint", *map(os.fsencode, sys.argv[1:])])


if __name__ == "__main__":
    sys.exit(main())
