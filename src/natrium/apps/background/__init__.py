"""What the machine does in the background: put down with the change it follows, looked at, and run again."""
