"""Statements of a request, session and member included, transaction control not."""

from __future__ import annotations

import json

from bench import world


def main() -> None:
    """Print the counts of completing, the task page and my work, through the whole stack."""
    folder = world.start()
    made = world.build()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.measures.http import busy_task, session_cookie

    task_id = busy_task(made)
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies["sessionid"] = session_cookie(made).removeprefix("sessionid=")
    second = world.w_template().groups[0].steps[1].key
    counts = {}
    requests = {
        "queries_task_page": lambda: client.get(f"/tasks/{task_id}/"),
        "queries_my_work": lambda: client.get("/my-work/"),
        "queries_complete": lambda: client.post(f"/workflows/1/steps/{second}/completion/"),
    }
    requests["queries_task_page"]()  # a version is read once by each process
    for name, request in requests.items():
        with CaptureQueriesContext(connection) as captured:
            answer = request()
        assert answer.status_code in (200, 303), answer.content[:300]
        control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
        counts[name] = sum(not query["sql"].startswith(control) for query in captured)
    print(json.dumps(counts))
    world.clear(folder)


if __name__ == "__main__":
    main()
