"""A build takes options, composes and sets handouts with them, and gives a result that can be written.

``build_options`` says what can be chosen, ``builder`` is the recipe, ``build_result`` is what comes out of it.
"""
