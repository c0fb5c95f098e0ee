"""``python -m articlekit`` is the command ``articlekit``."""

from articlekit.cli.main import main

if __name__ == "__main__":
    main()
