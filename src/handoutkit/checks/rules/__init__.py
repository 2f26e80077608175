"""Rules of quality, a module for each subject: what the field's standards ask of a handout, a framing, a practice."""
