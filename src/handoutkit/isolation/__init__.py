"""What comes from outside is worked on in a process of its own, within limits; the main process is never at risk."""
