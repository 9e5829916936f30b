"""PyPI autobahn, left to connect again as a Component does by default; otherwise as return.js."""

import sys
import threading
import os

from autobahn.asyncio.component import Component, run

component = Component(
    transports=[{"type": "websocket", "url": sys.argv[1], "serializers": [sys.argv[2]]}], realm="realm1"
)
sessions = 0


@component.on_join
def joined(session, details):
    global sessions
    sessions += 1
    print("ready" if sessions == 1 else "done", flush=True)


def end_when_told():
    sys.stdin.readline()
    print("left", flush=True)
    os._exit(0)


threading.Thread(target=end_when_told, daemon=True).start()
run([component])
