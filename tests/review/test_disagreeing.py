"""“I disagree”: from the link in a report to the objection that is imported."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from grader.report.html import render
from grader.result.names import BadRequest
from grader.review.incoming import objections
from tests.report import samples
from tests.report.hostile import ATTACKS
from tests.review.classroom import MISTAKE, Student, notebook_of, result_of

ADA = Student("ada", "A sentence that is near.", wrong="Every step has its own weights.")


def links(page: str) -> list[str]:
    return [html.unescape(each) for each in re.findall(r'<a class="disagree" href="([^"]*)"', page)]


def page(**more: object) -> str:
    return render(result_of(ADA).model_copy(update=more), notebook_of(ADA))


def test_a_verdict_begins_a_mail_or_an_issue():
    """Has each verdict that costs points a link with check, quotation and room for the reason, if anybody reads it?"""
    assert links(page()) == []
    assert links(page(contact="Room 7, in the afternoon")) == []
    mails = links(page(contact="Dr. Lovelace, lovelace@uni.example (TA)", repository="uni/course"))
    assert len(mails) == 3
    assert all(each.startswith("mailto:lovelace@uni.example?") for each in mails)
    asked = [parse_qs(urlsplit(each).query)["body"][0] for each in mails]
    assert any("Check: q1.shared\r\nQuote: Every step has its own weights.\r\n\r\nReason: " in text for text in asked)
    issues = links(page(repository="uni/course"))
    assert all(each.startswith("https://github.com/uni/course/issues/new?title=") for each in issues)


def test_what_the_link_began_is_read_again(tmp_path: Path):
    """Is what a student sends from the link an objection, as text, as an issue, in a mailbox?"""
    body = parse_qs(urlsplit(links(page(contact="a@b.example"))[0]).query, keep_blank_values=True)["body"][0]
    written = f"{body}I wrote it.\r\nIn the second line."
    check = re.search(r"Check: (\S+)", body)
    assert check
    (tmp_path / "one.txt").write_text(written)
    (tmp_path / "issues.json").write_text(json.dumps([{"body": written, "author": {"login": "ada-l"}}, {"body": "Hi"}]))
    mail = f"From x\nFrom: Ada <ada@uni.example>\nSubject: I disagree\nContent-Type: text/plain\n\n{written}\n"
    (tmp_path / "box.mbox").write_text(mail.replace("\r", "") + "\n" + mail.replace("\r", "").replace("ada", "bob"))
    for name, senders in (("one.txt", [None]), ("issues.json", ["ada-l"])):
        found = objections(tmp_path / name)
        assert [(each.check, each.submission, each.sender) for each in found] == [(check[1], "ada", senders[0])]
        assert found[0].said.startswith("I wrote it.")
    assert [each.submission for each in objections(tmp_path / "box.mbox")] == ["ada", "bob"]
    (tmp_path / "bad.json").write_text("[{]")
    with pytest.raises(BadRequest, match="no list of issues"):
        objections(tmp_path / "bad.json")


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_text_of_a_student_leads_elsewhere(attack: str):
    """Does whatever is quoted or named stay within the message?"""
    student = Student("ada", f"{attack} is near", wrong=f"{attack} is wrong")
    made = result_of(student)
    about = made.submission.model_copy(update={"name": attack})
    shown = render(made.model_copy(update={"contact": "a@b.example", "submission": about}), notebook_of(student))
    for each in links(shown):
        assert re.fullmatch(r"mailto:a@b\.example\?subject=[\w%.:-]+&body=[\w%.~-]*[\w%.~/-]+", each), each
        assert unquote(each).count("Check: q1.") == 1


def test_a_student_does_not_read_of_doubt():
    """Is what the grader was unsure of in no report of a student, nor in one of the instructor but as a flag?"""
    sure = render(result_of(Student("ada", doubt=0.0)), samples.notebook())
    unsure = render(result_of(Student("ada", doubt=0.61)), samples.notebook())
    for text in ("0.61", "61", "doubt", "findings", MISTAKE):
        assert unsure.count(text) == sure.count(text)
