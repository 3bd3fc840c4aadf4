"""How a verb says no."""

ANSWER_IS_NO = 1
BAD_INPUT = 2


class CliError(Exception):
    """Ends the command with a sentence on stderr and an exit status; never with a traceback."""

    def __init__(self, message: str, status: int = BAD_INPUT) -> None:
        super().__init__(message)
        self.status = status
