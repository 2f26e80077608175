"""A handout, a practice and its framings resolved into one document. Pure: models in, a model out."""
