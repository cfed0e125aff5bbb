"""What a student's cell calls, and what answers it: feedback on the page, the progress file, the work folder."""
