"""A module that is imported once a file is there: its path is in the environment."""

import os
import time
from pathlib import Path

while not Path(os.environ["IMPORTED_ONCE_THERE_IS"]).exists():
    time.sleep(0.01)
DONE = True
