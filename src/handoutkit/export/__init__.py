"""A handout in other forms than PDF: a page for screens, plain text, a Word document, pictures of its pages."""
