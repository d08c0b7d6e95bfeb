"""The shape of a report, and how spreads, promises and overtakings are counted. No Django."""
