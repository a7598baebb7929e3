"""A sample of what each LMS gives, and whose files are in it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.intake.zips import zipped

RECEIPT = b"""Name: Ada Lovelace (ada99)
Assignment: HW 3
Date Submitted: Tuesday, September 24, 2024 9:26:05 PM EDT
Current Grade: Not Yet Graded

Submission Field:
There is no student submission text data for this assignment.

Comments:
Name: Eve Evil (eve66)

Files:
\tOriginal filename: hw3.ipynb
\tFilename: HW 3_ada99_attempt_2024-09-24-21-26-05_hw3.ipynb
"""

METADATA = b"""---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0012'
    :email: ada@x.org
  :created_at: 2026-02-03 04:05:06.000000000 Z
  :score: 0.0
submission_102:
  :submitters:
  - :name: George Byron
    :sid: 77
    :email: george@x.org
  - :name: Mary Shelley
    :sid:
    :email: mary@x.org
  :created_at: 2026-02-03 04:05:06.000000000 Z
"""


@dataclass(frozen=True)
class Sample:
    """The name of the zip, what is in it, and what each student has handed in, as they called it."""

    name: str
    files: dict[str, bytes]
    students: dict[str, set[str]]


def _files(*names: str) -> dict[str, bytes]:
    return dict.fromkeys(names, b"{}")


SAMPLES = {
    "canvas": Sample(
        "submissions",
        {
            **_files(
                "lovelaceada_4711_900_hw3.ipynb",
                "lovelaceada_4711_901_hw3-2.ipynb",
                "byrongeorge_LATE_12_902_my_1_2_hw.ipynb",
            ),
            "müllerzoë_13_903_work.zip": zipped(_files("work/hw3.ipynb", "work/data.csv")),
            **_files("typertom_14_text.html"),
        },
        {
            "lovelaceada 4711": {"hw3.ipynb", "hw3-2.ipynb"},
            "byrongeorge 12": {"my_1_2_hw.ipynb"},
            "müllerzoë 13": {"work.zip/work/hw3.ipynb", "work.zip/work/data.csv"},
            "typertom 14": {"typertom_14_text.html"},
        },
    ),
    "moodle": Sample(
        "NLP-Homework 3-4711",
        {
            **_files(
                "Ada Lovelace_657737_assignsubmission_file_/hw3.ipynb", "Zoë Müller_2_assignsubmission_file/a/hw.ipynb"
            ),
            "George Byron_657768_assignsubmission_file_/work.zip": zipped(_files("hw3.ipynb")),
            **_files(
                "Pia Paper_0017_11_assignsubmission_file_/x.ipynb",
                "Tom Typer_9_assignsubmission_onlinetext_/onlinetext.html",
                "Participant_10_assignsubmission_file_/x.ipynb",
            ),
        },
        {
            "Ada Lovelace 657737": {"hw3.ipynb"},
            "Zoë Müller 2": {"a/hw.ipynb"},
            "George Byron 657768": {"work.zip/hw3.ipynb"},
            "Pia Paper 0017": {"x.ipynb"},
            "Tom Typer 9": {"onlinetext.html"},
            "10": {"x.ipynb"},
        },
    ),
    "moodle:flat": Sample(
        "flat",
        _files(
            "Ada Lovelace_657737_assignsubmission_file_hw3.ipynb", "George Byron_2_assignsubmission_file_my_hw.ipynb"
        ),
        {"Ada Lovelace 657737": {"hw3.ipynb"}, "George Byron 2": {"my_hw.ipynb"}},
    ),
    "brightspace": Sample(
        "Homework 3 Download Sep 25, 2024 926 AM",
        _files(
            "index.html",
            "397063-2557369 - Mary-Ann Smith - Sep 24, 2024 926 PM/hw3.ipynb",
            "397063-2557369 - Mary-Ann Smith - Sep 25, 2024 1201 AM/hw3.ipynb",
            "397063-2557369 - John Doe - Sep 24, 2024 926 PM/notes.txt",
        ),
        {"Mary-Ann Smith 397063": {"hw3.ipynb"}, "John Doe 397063": {"notes.txt"}},
    ),
    "brightspace:flat": Sample(
        "flat",
        _files(
            "3-7 - Ada Lovelace- Sep 24, 2024 926 PM - hw3.ipynb", "4-7 - John Doe- Sep 24, 2024 926 PM - a - b.ipynb"
        ),
        {"Ada Lovelace 3": {"hw3.ipynb"}, "John Doe 4": {"a - b.ipynb"}},
    ),
    "blackboard": Sample(
        "gradebook_NLP_HW 3_2024-09-25-10-00-00",
        {
            "HW 3_ada99_attempt_2024-09-24-21-26-05.txt": RECEIPT,
            "HW 3_mary_s_attempt_2024-09-24-21-26-06.txt": b"Name: Mary Shelley (mary_s)\nAssignment: HW 3\n",
            "HW 3_mary_s_attempt_2024-09-24-21-26-06_hw3.ipynb": b"{}",
            **_files(
                "HW 3_ada99_attempt_2024-09-24-21-26-05_hw3.ipynb",
                "HW 3_geo1_attempt_2024-09-24-21-26-05_hw_attempt_2.ipynb",
            ),
        },
        {
            "Ada Lovelace ada99": {"hw3.ipynb", "HW 3_ada99_attempt_2024-09-24-21-26-05.txt"},
            "Mary Shelley mary_s": {"hw3.ipynb", "HW 3_mary_s_attempt_2024-09-24-21-26-06.txt"},
            "geo1": {"hw_attempt_2.ipynb"},
        },
    ),
    "google-classroom": Sample(
        "Homework 3-20260203T040506Z-001",
        _files(
            "Homework 3/Ada Lovelace - hw3.ipynb",
            "Homework 3/George Byron - hw3.ipynb",
            "Homework 3/Untitled7.ipynb",
            "Homework 3/Untitled8.ipynb",
        ),
        {
            "Ada Lovelace": {"Ada Lovelace - hw3.ipynb"},
            "George Byron": {"George Byron - hw3.ipynb"},
            "Untitled7": {"Untitled7.ipynb"},
            "Untitled8": {"Untitled8.ipynb"},
        },
    ),
    "github-classroom": Sample(
        "hw3-submissions",
        _files("hw3-ada-99/hw3.ipynb", "hw3-ada-99/.git/config", "hw3-geo1/a/hw3.ipynb"),
        {"ada-99": {"hw3.ipynb"}, "geo1": {"a/hw3.ipynb"}},
    ),
    "github-classroom:clones": Sample(
        "whatever",
        _files(
            "c/nlp-hw3-ada/hw3.ipynb", "c/nlp-hw3-ada/.git/HEAD", "c/nlp-hw3-geo1/hw3.ipynb", "c/nlp-hw3-geo1/.git/HEAD"
        ),
        {"ada": {"hw3.ipynb"}, "geo1": {"hw3.ipynb"}},
    ),
    "nbgrader": Sample(
        "course",
        {
            **_files("submitted/ada99/hw3/hw3.ipynb", "submitted/ada99/hw3/data.csv", "submitted/geo1/hw3/hw3.ipynb"),
            "submitted/ada99/hw3/timestamp.txt": b"2026-02-02 15:58:23.948203 UTC",
            "submitted/geo1/hw3/timestamp.txt": b"when it was dark",
        },
        {"ada99": {"hw3.ipynb", "data.csv"}, "geo1": {"hw3.ipynb"}},
    ),
    "gradescope": Sample(
        "assignment_5_export",
        {
            **_files("assignment_5_export/submission_101/hw3.ipynb", "assignment_5_export/submission_102/hw3.ipynb"),
            "assignment_5_export/submission_metadata.yml": METADATA,
        },
        {
            "Ada Lovelace 0012 ada@x.org": {"hw3.ipynb"},
            "George Byron 77 george@x.org": {"hw3.ipynb"},
            "Mary Shelley mary@x.org": {"hw3.ipynb"},
        },
    ),
    "plain:folders": Sample(
        "class",
        _files(
            "class/ada/hw.ipynb", "class/ada/data.csv", "class/bob/a/hw.ipynb", "class/cy/hw.pdf", "class/README.md"
        ),
        {"ada": {"hw.ipynb", "data.csv"}, "bob": {"a/hw.ipynb"}, "cy": {"hw.pdf"}},
    ),
    "plain:files": Sample(
        "class",
        {**_files("ada.ipynb", "bob.pdf", "notes.txt"), "cy.zip": zipped(_files("hw.ipynb"))},
        {"ada": {"ada.ipynb"}, "bob": {"bob.pdf"}, "cy": {"hw.ipynb"}},
    ),
    "plain:files in a folder": Sample(
        "class", _files("class/ada.ipynb", "class/bob.ipynb"), {"ada": {"ada.ipynb"}, "bob": {"bob.ipynb"}}
    ),
    "plain:one student": Sample("ada", _files("ada/hw.ipynb", "ada/data.csv"), {"ada": {"hw.ipynb", "data.csv"}}),
}
