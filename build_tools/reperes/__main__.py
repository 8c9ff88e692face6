"""`python -m reperes`."""

from reperes.cli.main import main

if __name__ == "__main__":
    main()
