"""Sheets become action records."""
