"""Tests of the WebExtension, in a real Chromium."""
