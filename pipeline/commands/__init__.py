"""Arguments, the clock, and what is printed."""
