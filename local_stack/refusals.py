"""The one exception with which the front door says no."""


class StackRefusal(Exception):  # noqa: N818 - an answer, not an error
    """An expected no: shown as one sentence with the way out, never as a traceback.

    `exit_code` is one of `local_stack.exit_codes`.
    """

    def __init__(self, sentence: str, *, exit_code: int, way_out: str = "") -> None:
        super().__init__(f"{sentence} {way_out}".strip())
        self.sentence = sentence
        self.way_out = way_out
        self.exit_code = exit_code
