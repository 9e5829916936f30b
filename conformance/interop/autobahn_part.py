"""PyPI autobahn, playing the same part as part.js."""

import asyncio
import sys

import txaio

txaio.use_asyncio()

from autobahn.asyncio.wamp import ApplicationRunner, ApplicationSession
from autobahn.wamp import serializer as serializers
from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import CallResult, PublishOptions

URL, SERIALIZER, NAME = sys.argv[1:4]
LIST = [NAME, 42, -7, 1.5, "grüße", True, None, [1, 2], {"k": "v"}]
REFUSED = "interop.error.refused"
KINDS = {
    "json": serializers.JsonSerializer,
    "msgpack": serializers.MsgPackSerializer,
    "cbor": serializers.CBORSerializer,
}


def say(line):
    print(line, flush=True)


async def heard_line():
    return (await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)).strip()


class Part(ApplicationSession):
    async def onJoin(self, details):
        try:
            await self.play()
        except Exception as problem:
            say(f"failed: {problem!r}")
        self.leave()

    async def play(self):
        self.heard = {}
        await self.subscribe(self.hear, "interop.events")
        await self.register(self.echo, f"interop.{NAME}.echo")
        await self.register(self.refuse, f"interop.{NAME}.refuse")
        say("ready")
        peers = (await heard_line()).split(" ")
        await self.publish("interop.events", *LIST, **{"from": NAME}, options=PublishOptions(acknowledge=True))
        for peer in peers:
            await self.exchange(peer)
        for peer in peers:
            await self.heard.setdefault(peer, asyncio.Event()).wait()
        say("done")
        await heard_line()

    async def exchange(self, peer):
        result = await self.call(f"interop.{peer}.echo", *LIST, **{"from": NAME})
        assert list(result.results) == LIST, result
        assert result.kwresults == {"from": NAME}, result
        try:
            await self.call(f"interop.{peer}.refuse")
            raise AssertionError(f"{peer} did not refuse")
        except ApplicationError as problem:
            assert problem.error == REFUSED, problem
            assert list(problem.args) == [peer] and problem.kwargs == {"code": 7}, problem

    def hear(self, *args, **words):
        sender = words["from"]
        if list(args) == [sender, *LIST[1:]]:
            self.heard.setdefault(sender, asyncio.Event()).set()
        else:
            say(f"failed: event {args} {words}")

    def echo(self, *args, **words):
        return CallResult(*args, **words)

    def refuse(self):
        raise ApplicationError(REFUSED, NAME, code=7)

    def onLeave(self, details):
        self.disconnect()

    def onDisconnect(self):
        asyncio.get_running_loop().stop()


KIND = KINDS[SERIALIZER]
# As by default, the batched form is offered first: a router without it must take the second.
ApplicationRunner(URL, "realm1", serializers=[KIND(batched=True), KIND()]).run(Part)
