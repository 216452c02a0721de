"""`python -m graders COMMAND`, in the root of the repository; `--help` lists the commands."""

import sys

if __name__ == "__main__":
    try:
        from graders.cli import main
    except KeyboardInterrupt:  # Ctrl-C before there is anything to tidy up
        sys.exit(130)
    main()
