"""The picture in a handout's opening: drawings of the theme, in the palette and in the theme's manner."""
