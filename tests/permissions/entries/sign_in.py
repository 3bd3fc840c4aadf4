"""Ways in, ways out, and what anybody may see."""

from tests.permissions.entry import ANYBODY, Entry

ENTRIES = [
    Entry("GET /api/v1/openapi.json", ANYBODY),
    Entry("GET /api/{rest}", ANYBODY, path={"rest": "v1/nowhere"}, ok=404),
    # Whoever is signed in is led on.
    Entry("GET /favicon.ico", ANYBODY, ok=301),
    Entry("GET /sign-in/", ANYBODY, ok=302),
    Entry("POST /sign-in/", ANYBODY, ok=302, body={"login": "jo@example.com", "password": "a guess"}),
    Entry("POST /sign-out/", ANYBODY, ok=302),
    Entry("GET /sign-in/link/{token}/", ANYBODY, path={"token": "guessed"}, ok=404),
    Entry("POST /sign-in/link/{token}/", ANYBODY, path={"token": "guessed"}, ok=404),
]
