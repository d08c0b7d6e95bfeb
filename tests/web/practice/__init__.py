"""Tests of the practice portal's pages."""
