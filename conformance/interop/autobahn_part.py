"""PyPI autobahn, playing the same part as part.js."""

import asyncio
import sys

from autobahn_session import NAME, Session, run, same, say

from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import CallResult, PublishOptions

LIST = [NAME, 42, -7, 1.5, "grüße", True, None, [1, 2], {"k": "v"}, b"\x00\xff\x10"]
WORDS = {"from": NAME, "nested": {"list": [1, "zwei"]}}
REFUSED = "interop.error.refused"


async def line_of_driver():
    return (await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)).strip()


def repeat(*args, **words):
    return CallResult(*args, **words)


def refuse():
    raise ApplicationError(REFUSED, NAME, code=7)


class Part(Session):
    async def play(self):
        self.heard = {}
        await self.exchange("driver")
        await self.take_back_subscription()
        await self.take_back_registration()
        await self.meet_peers()

    def left(self):
        say("left")

    async def take_back_subscription(self):
        topic = f"interop.{NAME}.alone"
        events = []
        subscription = await self.subscribe(lambda *args, **words: events.append((list(args), words)), topic)
        for _ in ("subscribed", "unsubscribed"):
            await self.call("interop.driver.repeat", topic, *LIST, **WORDS)
            await self.call("interop.driver.echo")
            same(events, [(LIST, WORDS)], "events while subscribed")
            if subscription.active:
                await subscription.unsubscribe()

    async def take_back_registration(self):
        procedure = f"interop.{NAME}.brief"
        registration = await self.register(repeat, procedure)
        result = await self.call(procedure, *LIST, **WORDS)
        same((list(result.results), result.kwresults), (LIST, WORDS), "call of itself")
        await registration.unregister()
        same((await self.refusal(procedure)).error, "wamp.error.no_such_procedure", "call after unregistering")

    async def meet_peers(self):
        await self.subscribe(self.hear, "interop.events")
        await self.register(repeat, f"interop.{NAME}.echo")
        await self.register(refuse, f"interop.{NAME}.refuse")
        say("ready")
        peers = (await line_of_driver()).split(" ")
        await self.publish("interop.events", *LIST, **WORDS, options=PublishOptions(acknowledge=True))
        for peer in peers:
            await self.exchange(peer)
        for peer in peers:
            await self.heard.setdefault(peer, asyncio.Event()).wait()
        say("done")
        await line_of_driver()

    async def exchange(self, peer):
        result = await self.call(f"interop.{peer}.echo", *LIST, **WORDS)
        same((list(result.results), result.kwresults), (LIST, WORDS), f"echo of {peer}")
        problem = await self.refusal(f"interop.{peer}.refuse")
        same((problem.error, list(problem.args), problem.kwargs), (REFUSED, [peer], {"code": 7}), f"refusal of {peer}")

    async def refusal(self, procedure):
        try:
            await self.call(procedure)
        except ApplicationError as problem:
            return problem
        raise AssertionError(f"{procedure} did not refuse")

    def hear(self, *args, **words):
        sender = words["from"]
        if list(args) == [sender, *LIST[1:]] and words == {**WORDS, "from": sender}:
            self.heard.setdefault(sender, asyncio.Event()).set()
        else:
            say(f"failed: event {args} {words}")


run(Part)
