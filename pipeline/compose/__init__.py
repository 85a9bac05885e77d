"""Records and findings become the paper."""
