"""A session of PyPI autobahn for the programs that play with it."""

import asyncio
import sys

import txaio

txaio.use_asyncio()

from autobahn.asyncio.rawsocket import WampRawSocketClientFactory
from autobahn.asyncio.wamp import ApplicationRunner, ApplicationSession
from autobahn.wamp import serializer as serializers
from autobahn.wamp.types import ComponentConfig

URL, SERIALIZER, NAME = sys.argv[1:4]
KINDS = {
    "json": serializers.JsonSerializer,
    "msgpack": serializers.MsgPackSerializer,
    "cbor": serializers.CBORSerializer,
}


def say(line):
    print(line, flush=True)


def same(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r} instead of {expected!r}")


class Session(ApplicationSession):
    """Plays and leaves; the subclass says how."""

    async def onJoin(self, details):
        self.succeeded = False
        try:
            await self.play()
            self.succeeded = True
        except Exception as problem:
            say(f"failed: {problem!r}")
        self.leave()

    def onLeave(self, details):
        if self.succeeded and details.reason in ("wamp.close.normal", "wamp.close.goodbye_and_out"):
            self.left()
        else:
            say(f"failed: {details}")
        self.disconnect()

    def onDisconnect(self):
        asyncio.get_running_loop().stop()


def run(session, ssl=None):
    kind = KINDS[SERIALIZER]
    if URL.startswith("rs://unix:"):
        run_by_unix_socket(session, kind())
    elif URL.startswith("rs"):
        ApplicationRunner(URL, "realm1", ssl=ssl, serializers=[kind()]).run(session)
    else:
        # As by default, the batched form is offered first: a router without it must take the second.
        ApplicationRunner(URL, "realm1", ssl=ssl, serializers=[kind(batched=True), kind()]).run(session)


def run_by_unix_socket(session, serializer):
    """Connects by RawSocket to a Unix domain socket, which ApplicationRunner cannot do."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    txaio.config.loop = loop
    factory = WampRawSocketClientFactory(lambda: session(ComponentConfig("realm1", {})), serializer=serializer)
    loop.run_until_complete(loop.create_unix_connection(factory, URL.removeprefix("rs://unix:")))
    loop.run_forever()
