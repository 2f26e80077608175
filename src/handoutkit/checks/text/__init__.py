"""What the rules look at: passages, sentences, words and the reading grade."""
