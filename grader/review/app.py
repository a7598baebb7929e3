"""The pages of a review, as an ASGI application: the queue, one decision, the students, a student's verdicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from grader.gradebook.reviewing import Ruling
from grader.report.templates import environment, folder
from grader.result.names import BadRequest
from grader.review.entrance import Guard
from grader.review.groups import Group
from grader.review.publishing import Publisher
from grader.review.rulings import Given, Misread, ruling_of
from grader.review.screen import harmless, screen
from grader.review.state import Overtaken, Sitting, Standing
from grader.review.students import label, page_of, rows_of

NAMES = "grader-names"
STATIC = {"review.css": "text/css", "review.js": "text/javascript", "report.css": "text/css"}
MOST_MEMBERS = 400
MOST_FIELDS = 5_000


@dataclass(frozen=True, slots=True)
class Pages:
    """Answers requests with what the sitting has."""

    sitting: Sitting
    publisher: Publisher
    title: str

    async def queue(self, request: Request) -> Response:
        """The decision that is asked for, or the most valuable one."""
        wanted = request.query_params.get("at", "")

        def make() -> Response:
            now = self.sitting.standing()
            group = (now.group(wanted) if wanted else None) or (now.open[0] if now.open else None)
            return self._decision(request, now, group)

        return await run_in_threadpool(make)

    async def decide(self, request: Request) -> Response:
        """Enter what was decided, and go on to the next; or show what somebody else decided meanwhile."""
        given = Given.of(await _form(request))

        def make() -> Response:
            before = self.sitting.standing()
            try:
                students = self.sitting.decide(given.members, given.seen, self._ruling(before, given))
            except Overtaken:
                now = self.sitting.standing()
                group = now.group(given.group) or now.group(given.members[0] if given.members else "")
                return self._decision(request, now, group, status=409, overtaken=True, said=given.said)
            except (BadRequest, Misread) as error:
                group = before.group(given.group)
                return self._decision(request, before, group, status=400, problem=str(error), said=given.said)
            self.publisher.tell(self.sitting.folders(students))
            return RedirectResponse(_next(before, given), 303)

        return await run_in_threadpool(make)

    async def undo(self, request: Request) -> Response:
        """Take back a decision, and show what it was about."""
        act = str((await _form(request)).get("act", ""))

        def make() -> Response:
            review = next((each for name, each in self.sitting.standing().acts if name == act), None)
            students = self.sitting.undo(act)
            self.publisher.tell(self.sitting.folders(students))
            now = self.sitting.standing()
            about = None if review is None else review.about.key
            back = next((g.id for g in now.open if about in [each.about.key for each in g.members]), "")
            return RedirectResponse(f"/?at={back}" if back else "/", 303)

        return await run_in_threadpool(make)

    async def students(self, request: Request) -> Response:
        """All students, each with how many verdicts are open."""

        def make() -> Response:
            rows = rows_of(self.sitting.standing(), _with_names(request))
            return self._page("review/students.html", request, rows=rows)

        return await run_in_threadpool(make)

    async def student(self, request: Request) -> Response:
        """All verdicts of one student."""

        def make() -> Response:
            page = page_of(self.sitting.standing(), request.path_params["name"], _with_names(request))
            if page is None:
                return self._page("review/nothing.html", request, status=404)
            return self._page("review/student.html", request, student=page)

        return await run_in_threadpool(make)

    async def names(self, request: Request) -> Response:
        """Show names, or hide them again."""
        form = await _form(request)
        back = str(form.get("back", "/"))
        response = RedirectResponse(back if back.startswith("/") and not back.startswith("//") else "/", 303)
        response.set_cookie(NAMES, "1" if form.get("show") else "0", httponly=True, samesite="strict")
        return response

    async def static(self, request: Request) -> Response:
        """Stylesheets and the script of the keys."""
        name = request.path_params["name"]
        if name not in STATIC:
            return Response("Not found.", 404)
        path = folder() / (name if name == "report.css" else f"review/{name}")
        return Response(path.read_text(encoding="utf-8"), media_type=STATIC[name])

    def _ruling(self, now: Standing, given: Given) -> Ruling:
        checks = [now.items[name].check for name in given.members if name in now.items]
        if not checks:
            raise Misread("Choose at least one student.")
        return ruling_of(given, checks[0], self.sitting.by)

    def _decision(
        self, request: Request, now: Standing, group: Group | None, status: int = 200, **more: Any
    ) -> Response:
        if group is None:
            return self._page("review/done.html", request, status, now=now, last=self._last(now))
        names = [each.id for each in now.open]
        place = names.index(group.id) if group.id in names else None
        around = {"before": "", "after": ""}
        if place is not None:
            around = {"before": names[place - 1] if place else "", "after": "".join(names[place + 1 : place + 2])}
        work = self.sitting.material.works[group.first.row.key]
        shown = _with_names(request)
        return self._page(
            "review/decision.html", request, status, now=now, group=group, item=group.first, place=place,
            screen=screen(group.first, work), last=self._last(now), label=lambda item: label(item, shown),
            harmless=harmless, reviews=now.reviews, override=now.overrides.get(_whose(group)),
            most=MOST_MEMBERS, **around, **{"overtaken": False, "problem": "", "said": "", **more},
        )  # fmt: skip

    def _last(self, now: Standing) -> str | None:
        """The latest decision of this reviewer."""
        return next((act for act, each in reversed(now.acts) if each.by == self.sitting.by), None)

    def _page(self, template: str, request: Request, status: int = 200, **values: Any) -> Response:
        made = environment().get_template(template)
        about = {"title": self.title, "by": self.sitting.by, "names": _with_names(request)}
        path = request.url.path + (f"?{request.url.query}" if request.url.query and request.method == "GET" else "")
        return HTMLResponse(made.render(**about, here=path if request.method == "GET" else "/", **values), status)


def _whose(group: Group) -> tuple[str, str]:
    return group.first.row.key, group.first.check.id


def _with_names(request: Request) -> bool:
    return request.cookies.get(NAMES) == "1"


def _next(before: Standing, given: Given) -> str:
    """Where to go on: at what follows in the queue, or where the verdict was opened."""
    names = [each.id for each in before.open]
    if given.group not in names:
        return f"/?at={given.group}"
    rest = names[names.index(given.group) + 1 :]
    return f"/?at={rest[0]}" if rest else "/"


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=MOST_FIELDS)


def application(pages: Pages, guard: Guard) -> Starlette:
    """The whole, behind its guard."""
    get: Callable[..., Route] = Route
    return Starlette(
        routes=[
            get("/", pages.queue),
            get("/decide", pages.decide, methods=["POST"]),
            get("/undo", pages.undo, methods=["POST"]),
            get("/names", pages.names, methods=["POST"]),
            get("/students", pages.students),
            get("/students/{name}", pages.student),
            get("/static/{name}", pages.static),
        ],
        middleware=[Middleware(BaseHTTPMiddleware, dispatch=guard)],
    )
