"""Writing YAML as a person would: values anew, and files with some of their values changed."""
