"""Where a student says that a verdict is wrong: a mail or an issue that is begun, with the check and a quotation."""

from __future__ import annotations

import re
from urllib.parse import quote

from grader.result.model import CheckResult, Result
from grader.text import neutral

ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)
QUOTED, NAMED = 200, 80
"""Characters of a sentence and a name that go into the message: browsers cut long addresses."""


def disagree(result: Result, check: CheckResult) -> str | None:
    """The address of the message about a check; None where the course names nobody to write to.

    An issue stands where everybody who can read the repository reads it, and a mail does not: with both, it is a mail.
    """
    if result.status != "graded":
        return None
    subject = f"I disagree: {check.id}"
    body = _body(result, check)
    found = ADDRESS.search(result.contact or "")
    if found:
        return f"mailto:{quote(found[0], safe='@')}?subject={quote(subject)}&body={quote(body)}"
    if result.repository:
        place = quote(result.repository, safe="/")
        return f"https://github.com/{place}/issues/new?title={quote(subject)}&body={quote(body)}"
    return None


def _body(result: Result, check: CheckResult) -> str:
    lines = [f"Submission: {neutral(result.submission.name, NAMED)}", f"Check: {check.id}"]
    if check.observed:
        lines.append(f"Quote: {neutral(check.observed, QUOTED)}")
    return "\r\n".join([*lines, "", "Reason: "])
