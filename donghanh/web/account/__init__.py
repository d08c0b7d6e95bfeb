"""Signing in and out, second factors, badges at the counter, devices, and whether a badge is real."""
