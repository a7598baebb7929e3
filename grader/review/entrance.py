"""Who may speak to the page: whoever has its secret, from this machine, and from the page itself.

A site that somebody visits meanwhile may make the browser send requests here. It has no cookie of the page
(`SameSite=Strict`), it is told by its `Origin`, and a name of its own that it leads to this machine (DNS rebinding) is
told by `Host`.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

COOKIE = "grader-review"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # With no-referrer browsers would hide the origin of our own forms.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
REFUSED = "This page is for whoever started it: open the address that `grader review` printed."


@dataclass(frozen=True, slots=True)
class Guard:
    """The secret of this server, and the names under which it may be asked."""

    secret: str
    port: int

    @property
    def hosts(self) -> frozenset[str]:
        """Names of this machine with the port of the server."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    async def __call__(self, request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
        """Answer a request, or refuse it; with the policy of the page in every case."""
        response = self._refused(request) or self._let_in(request) or await go_on(request)
        response.headers.update(HEADERS)
        return response

    def _refused(self, request: Request) -> Response | None:
        if request.headers.get("host", "") not in self.hosts:
            return PlainTextResponse("Unknown host.", 421)
        origin = request.headers.get("origin")
        is_ours = origin in {f"http://{host}" for host in self.hosts}
        # Browsers name the origin of whatever may change something; what only looks need not have one.
        if not is_ours and (origin is not None or request.method not in ("GET", "HEAD")):
            return PlainTextResponse("Requests from elsewhere are not answered.", 403)
        return None

    def _let_in(self, request: Request) -> Response | None:
        """The cookie in exchange for the secret; a refusal to whoever has neither."""
        given = request.query_params.get("key")
        if given is not None and request.method == "GET" and self._is_ours(given):
            response = RedirectResponse(request.url.path, 303)
            name = f"{COOKIE}-{self.port}"
            response.set_cookie(name, self.secret, httponly=True, samesite="strict", path="/")
            return response
        if self._is_ours(request.cookies.get(f"{COOKIE}-{self.port}", "")):
            return None
        return PlainTextResponse(REFUSED, 403)

    def _is_ours(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self.secret.encode())
