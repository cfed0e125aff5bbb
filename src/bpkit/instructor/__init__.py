"""What an instructor runs: one source a chapter becomes a worked solution and a student notebook."""
