"""Texts that try to be more than text where a workflow prints them, or a page on GitHub shows them."""

from __future__ import annotations

from tests.report.hostile import ATTACKS

ON_GITHUB = {
    "set-output": "x\n::set-output name=score::100\n::error::pwned",
    "old command": "##[add-path]/tmp/evil ##[error]pwned",
    "escaped line break": "x%0A::error::pwned%0D%250A%25",
    "carriage return": "x\r::warning::pwned\r\n::debug::x",
    "other line breaks": "x\u2028::error::pwned\u2029::error::pwned\x85::error::pwned\x0b::error::pwned\x0c::error::y",
    "end of CDATA": "]]> ]]&gt; <![CDATA[",
    "properties": "a,title=pwned,file=/etc/passwd:1::b",
    "heredoc": "result<<EOF\npwned\nEOF\nscore=100",
    "assignment": "\nscore=100\nmax-score=1\n",
    "expression": "${{ secrets.GITHUB_TOKEN }} ${{ github.token }}",
    "mention": "@teacher @org/team #1 GH-1 org/repo#2 user@evil.example",
    "table and code": "| a | b |\n|---|---|\n```\n`x` ``y`` | \\| ",
    "right to left": "\u202e\u2067evil\u2066\u200f",
    "resume": "::stop-commands::x\n::x::",
    "folded": "</summary></details><h1>pwned</h1><script>alert(1)</script>",
    "megabyte": "x`|\n::error::" + "é" * 1_000_000,
}
EVERYTHING = {**ATTACKS, **ON_GITHUB}
