"""Things to start from: a workspace, a handout, a theme."""
