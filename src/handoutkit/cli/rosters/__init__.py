"""The commands that read a roster: a packet for each of its rows, or a label."""
