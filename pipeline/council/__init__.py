"""One council's folder of settings, read and checked."""
