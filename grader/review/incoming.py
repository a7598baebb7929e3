"""What students say against verdicts, as it comes: mails and issues that began with the link in a report.

A file is a mail, a mailbox, the list that `gh issue list --json title,body,author,createdAt` prints, or plain text. Of
each message the lines are read that the link has put there; the rest is the reason. Nobody proves who wrote it: the
sender is shown to whoever decides.
"""

from __future__ import annotations

import hashlib
import json
import mailbox
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from pathlib import Path

from grader.files.opened import read_bytes
from grader.gradebook.book import Gradebook
from grader.gradebook.reviewing import request
from grader.result.names import BadRequest
from grader.roll.roll import Row

MOST_BYTES, MOST_TEXT = 64 << 20, 8_000
_CHECK = re.compile(r"^[> \t]{0,20}Check:[ \t]{1,20}(q\d{1,3}\.[\w.-]{1,100})", re.MULTILINE)
_NAME = re.compile(r"^[> \t]{0,20}Submission:[ \t]{1,20}(\S[^\r\n]{0,300})", re.MULTILINE)
_FIELDS = re.compile(r"[\w-]{1,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}[\w-]{1,60}:")
_REASON = re.compile(r"^[> \t]{0,20}Reason:[ \t]{0,20}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Objection:
    """One message: about which check of which submission, why, and who sent it."""

    check: str
    submission: str
    said: str
    sender: str | None

    @property
    def digest(self) -> str:
        """By which it is known when it comes again."""
        return hashlib.sha256(json.dumps([self.check, self.said]).encode()).hexdigest()


def objections(path: Path) -> list[Objection]:
    """The objections in a file. Raises `BadRequest` where there is none that can be read."""
    try:
        content = read_bytes(path, MOST_BYTES)
    except (OSError, ValueError) as error:
        raise BadRequest(f"{path}: cannot be read ({error})") from error
    found = [made for text, sender in _messages(path, content) if (made := _objection(text, sender)) is not None]
    if not found:
        raise BadRequest(
            f"{path}: there is no request in it; one has the lines `Submission:`, `Check:` and `Reason:` that the link "
            "in a report puts there"
        )
    return found


def enter(book: Gradebook, found: list[Objection], by: str) -> tuple[list[Objection], list[str]]:
    """Enter objections into the gradebook: those that are new, and why others cannot be entered."""
    rows = book.rows()
    new, problems = list[Objection](), list[str]()
    for each in found:
        row = _row(rows, each.submission)
        if row is None:
            problems.append(f"{each.check}: there is no submission {each.submission} in this class")
        elif request(book, row, each.check, each.said, sender=each.sender, digest=each.digest, by=by):
            new.append(each)
    return new, problems


def _row(rows: list[Row], name: str) -> Row | None:
    return next((row for row in rows if name in (row.folder, row.key)), None)


def _messages(path: Path, content: bytes) -> Iterator[tuple[str, str | None]]:
    """The texts in a file, each with its sender."""
    if content.lstrip()[:1] in (b"[", b"{"):
        yield from _issues(path, content)
    elif content.startswith(b"From "):
        box = mailbox.mbox(path, create=False)
        try:
            for message in box:
                yield from _mail(BytesParser(policy=policy.default).parsebytes(message.as_bytes()))
        finally:
            box.close()
    elif _is_mail(content[:MOST_TEXT].decode("latin-1")):
        yield from _mail(BytesParser(policy=policy.default).parsebytes(content))
    else:
        yield content.decode(errors="replace"), None


def _is_mail(text: str) -> bool:
    """Whether a text begins with two fields of a header, and has a subject among its fields."""
    return _FIELDS.match(text) is not None and "\nSubject:" in f"\n{text}"


def _mail(message: Message) -> Iterator[tuple[str, str | None]]:
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    if body is not None:
        try:
            yield str(body.get_content()), str(message.get("From", "")) or None
        except (LookupError, ValueError, KeyError):  # a character set that nobody has
            return


def _issues(path: Path, content: bytes) -> Iterator[tuple[str, str | None]]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{path}: is no list of issues ({type(error).__name__})") from error
    for each in found if isinstance(found, list) else [found]:
        if isinstance(each, dict) and isinstance(each.get("body"), str):
            author = each.get("author") or each.get("user")
            login = author.get("login") if isinstance(author, dict) else None
            yield each["body"], login if isinstance(login, str) else None


def _objection(text: str, sender: str | None) -> Objection | None:
    check, name = _CHECK.search(text), _NAME.search(text)
    if check is None or name is None:
        return None
    reason = _REASON.search(text)
    said = text[reason.end() :] if reason else text
    said = said.replace("\0", "").strip()[:MOST_TEXT] or "No reason was given."
    return Objection(check[1], name[1].strip(), f"{said}\n({sender})" if sender else said, sender)
