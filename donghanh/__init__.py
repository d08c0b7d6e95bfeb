"""Đồng Hành ("walking beside you"): how a ward helps its people use online public services."""

__version__ = "0.1.0"
