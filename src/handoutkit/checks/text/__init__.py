"""Texts as the rules read them: passages, sentences, words and the reading grade."""
