"""What is wrong with a picture."""

from __future__ import annotations


class PictureFault(Exception):  # noqa: N818 - it is the picture that is at fault
    """Why a picture cannot be printed, and what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint
