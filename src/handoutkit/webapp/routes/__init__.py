"""The pages of the app, by what a person does on them."""
