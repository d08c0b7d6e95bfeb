"""`python manage.py COMMAND`: the same as the console script `donghanh`."""

from donghanh.__main__ import main

if __name__ == "__main__":
    main()
