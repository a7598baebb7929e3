"""`python -m grader`, and the command `grader`: ready for an interrupt before anything is imported, and for outputs
that are closed before anything is opened."""

import os
import signal


def _end(*_: object) -> None:
    os.write(2, b"grader: interrupted\n")
    os._exit(130)


def main() -> None:
    """Carry out a command. Where interrupts are ignored, as in a shell's background job, they still are."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, _end)
    from grader.cli.ends import fill_closed

    fill_closed()
    from grader.cli.main import main as carry_out

    carry_out()


if __name__ == "__main__":
    main()
