"""What was published: its records, its history, and the folder that keeps it."""
