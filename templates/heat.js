// The checks of all students. Only the rows that can be seen are in the page: a class has a hundred thousand of them.
{
  const fold = document.querySelector(".heat");
  const SIGNS = {
    p: ["✓", "full points"], h: ["◐", "some of the points"], f: ["✗", "no points yet"], s: ["–", "not looked at"],
    e: ["?", "for a person to look at"], m: ["·", "no answer"], ".": ["", "not asked"],
  };
  const WORTH = "fhsem.p"; // what is worst comes first
  const HIGH = 24;

  const show = () => {
    const map = fold.querySelector(".map");
    const readout = fold.querySelector(".readout");
    const checks = JSON.parse(fold.dataset.checks).map(([question, title], at) => ({ question, title, at, missed: 0 }));
    const students = Array.from(document.querySelectorAll(".submissions tbody tr"))
      .filter((row) => row.dataset.signs)
      .map((row, at) => ({
        at, signs: row.dataset.signs, name: row.querySelector("th").textContent.trim(),
        points: Number(row.querySelector(".total").dataset.value),
      }));
    for (const student of students) {
      for (const check of checks) check.missed += "fh".includes(student.signs[check.at]) ? 1 : 0;
    }
    const words = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });
    let rows = students.slice();
    let columns = checks.slice();
    let byRow = null;
    let byColumn = null;
    const worth = (student, check) => WORTH.indexOf(student.signs[check.at]);

    const element = (role, kind, text) => {
      const made = document.createElement(role === "button" ? "button" : "div");
      if (role === "button") made.type = "button";
      else made.setAttribute("role", role);
      made.className = kind;
      made.textContent = text;
      return made;
    };

    const table = element("table", "grid", "");
    table.setAttribute("aria-label", "Checks by students");
    table.setAttribute("aria-rowcount", String(rows.length + 1));
    table.setAttribute("aria-colcount", String(columns.length + 1));
    const head = element("rowgroup", "heads", "");
    const body = element("rowgroup", "rows", "");
    body.style.height = `${rows.length * HIGH}px`;
    table.append(head, body);
    map.append(table);

    const first = (check) => (columns[columns.indexOf(check) - 1]?.question === check.question ? "" : " first");

    const drawHead = () => {
      const row = element("row", "row", "");
      row.setAttribute("aria-rowindex", "1");
      row.append(element("columnheader", "name", "Student"));
      for (const check of columns) {
        const cell = element("columnheader", `sign${first(check)}`, "");
        const button = element("button", "", String(check.question));
        button.dataset.check = String(check.at);
        button.setAttribute("aria-label", `Question ${check.question}: ${check.title}. Sort the students by it`);
        if (byColumn?.check === check) cell.setAttribute("aria-sort", byColumn.down ? "descending" : "ascending");
        cell.append(button);
        row.append(cell);
      }
      head.replaceChildren(row);
    };

    const made = (student, place, edges) => {
      const row = element("row", "row", "");
      row.setAttribute("aria-rowindex", String(place + 2));
      row.style.top = `${place * HIGH}px`;
      const name = element("rowheader", "name", "");
      const button = element("button", "", student.name);
      button.dataset.student = String(student.at);
      button.title = `${student.name}: sort the checks by this student`;
      name.append(button);
      row.append(name);
      columns.forEach((check, column) => {
        const [sign, said] = SIGNS[student.signs[check.at]] ?? SIGNS["."];
        const cell = element("cell", `sign ${student.signs[check.at]}${edges[column]}`, sign);
        cell.setAttribute("aria-label", said);
        cell.dataset.check = String(check.at);
        row.append(cell);
      });
      return row;
    };

    // By their places, the rows that are in the page. One that stays is left alone, for it may have the focus.
    const shown = new Map();
    const draw = () => {
      const begin = Math.max(0, Math.floor(map.scrollTop / HIGH) - 8);
      const end = Math.min(rows.length, begin + Math.ceil(map.clientHeight / HIGH) + 16);
      for (const [place, row] of shown) {
        if ((place >= begin && place < end) || row.contains(document.activeElement)) continue;
        row.remove();
        shown.delete(place);
      }
      const edges = columns.map(first);
      let after = null;
      for (let place = end - 1; place >= begin; place -= 1) {
        if (!shown.has(place)) {
          shown.set(place, made(rows[place], place, edges));
          body.insertBefore(shown.get(place), after);
        }
        after = shown.get(place);
      }
    };
    const drawAll = () => {
      body.replaceChildren();
      shown.clear();
      drawHead();
      draw();
    };

    const sortStudents = (how) => {
      rows.sort((one, other) => how(one, other) || one.at - other.at);
      map.scrollTop = 0;
    };
    fold.querySelector(".by-student").addEventListener("change", ({ target }) => {
      byColumn = null;
      const ways = { name: (one, other) => words.compare(one.name, other.name), points: (one, other) => one.points - other.points };
      sortStudents(ways[target.value] ?? (() => 0));
      drawAll();
    });
    fold.querySelector(".by-check").addEventListener("change", ({ target }) => {
      byRow = null;
      columns.sort((one, other) => (target.value ? other.missed - one.missed : 0) || one.at - other.at);
      drawAll();
    });
    map.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      if (button.dataset.check !== undefined) {
        const check = checks[Number(button.dataset.check)];
        byColumn = { check, down: byColumn?.check === check && !byColumn.down };
        sortStudents((one, other) => (worth(one, check) - worth(other, check)) * (byColumn.down ? -1 : 1));
      } else {
        const student = students[Number(button.dataset.student)];
        byRow = { student, down: byRow?.student === student && !byRow.down };
        columns.sort((one, other) => (worth(student, one) - worth(student, other)) * (byRow.down ? -1 : 1) || one.at - other.at);
      }
      const { check, student } = button.dataset;
      drawAll();
      const same = check === undefined ? `.name [data-student="${student}"]` : `.heads [data-check="${check}"]`;
      table.querySelector(same)?.focus({ preventScroll: true });
    });
    const tell = ({ target }) => {
      const check = checks[Number(target.closest("[data-check]")?.dataset.check ?? NaN)];
      if (!check) return;
      const who = target.closest(".row")?.querySelector("[data-student]");
      const said = target.closest(".sign.p, .sign.h, .sign.f, .sign.s, .sign.e, .sign.m")?.getAttribute("aria-label");
      readout.textContent = `${who ? `${who.textContent}: ` : ""}question ${check.question}, ${check.title} ${said ? `– ${said}` : `(${check.missed} miss it)`}`;
    };
    map.addEventListener("pointerover", tell);
    map.addEventListener("focusin", tell);
    map.addEventListener("scroll", () => requestAnimationFrame(draw));
    drawAll();
  };

  if (fold) fold.addEventListener("toggle", () => fold.open && show(), { once: true });
}
