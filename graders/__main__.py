"""`python -m graders COMMAND`, in the root of the repository; `--help` lists the commands."""

import sys

if __name__ == "__main__":
    try:
        import os
        import signal

        asked = signal.getsignal(signal.SIGINT)
        if asked is signal.default_int_handler:  # in a shell's background it is ignored
            # Ctrl-C before there is anything to tidy up. An exception would do, had Python 3.11
            # not made a RuntimeError of one that comes while a class is being made.
            signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))
        from graders.cli import main

        signal.signal(signal.SIGINT, asked)
    except KeyboardInterrupt:
        sys.exit(130)
    main()
