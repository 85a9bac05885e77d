"""Values that every room speaks of."""
