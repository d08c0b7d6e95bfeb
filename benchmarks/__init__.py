"""Figures of a real server under load, each printed as one JSON line: what, figure, unit, compared with."""
