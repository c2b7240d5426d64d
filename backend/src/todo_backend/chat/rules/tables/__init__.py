"""What can be said: a row for each way to say something. The first row that is the whole sentence holds."""
