"""Bytes become sheets of cells, a module for each kind of file."""
