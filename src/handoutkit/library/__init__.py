"""Finding handouts, framings and practices: the workspace first, then what ships with handoutkit."""
