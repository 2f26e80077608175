"""Checks of content beyond the form of its files: ``consistency`` stops a build, ``rules`` judge quality."""
