"""The local web app: everything a clinician does, in the browser, on their own machine."""
