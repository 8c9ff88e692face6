"""`python -m reperes`."""

from reperes.cli.commands import main

if __name__ == "__main__":
    main()
