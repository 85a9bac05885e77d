"""What is owed, by whom, and by when."""
