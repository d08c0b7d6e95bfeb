"""A populated ward to look at: phường Ô Môn with its real code, catalogue and hours; its people are invented."""
