"""The practice portal's pages: a sandbox with a look of its own, marked on every page; and members' lessons.

What never enters: a real person's number, a password, a file from somebody's machine.
"""
