"""The kinds of figure, one module each: its name is the kind's, and its function ``draw`` draws it on a sheet."""
