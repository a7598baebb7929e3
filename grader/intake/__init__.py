"""What an LMS gives: archives opened safely, whose each file is, who is on the roster, and which notebook is graded."""
