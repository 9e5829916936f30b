"""PyPI autobahn as a callee that connects again and sends its last answer once more, as some clients do; see return.js."""

import os
import sys
import threading

import txaio

txaio.use_asyncio()

from autobahn.asyncio.component import Component, run
from autobahn.asyncio.wamp import ApplicationSession
from autobahn.wamp import message

answered = []


class ResendingSession(ApplicationSession):
    def onMessage(self, received):
        if isinstance(received, message.Invocation):
            answered.append(received.request)
        super().onMessage(received)


component = Component(
    transports=[{"type": "websocket", "url": sys.argv[1], "serializers": [sys.argv[2]]}],
    realm="realm1",
    session_factory=ResendingSession,
)


@component.on_join
async def joined(session, details):
    again = list(answered)
    for request in again:
        session._transport.send(message.Yield(request, args=[250]))
    await session.register(lambda: 250, "shop.price")
    print("done" if again else "ready", flush=True)


def end_when_told():
    sys.stdin.readline()
    print("left", flush=True)
    os._exit(0)


threading.Thread(target=end_when_told, daemon=True).start()
run([component])
