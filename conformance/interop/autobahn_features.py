"""PyPI autobahn with its options, doing the same as features.js."""

import asyncio

from autobahn_session import NAME, Session, run, same, say

from autobahn.wamp.exception import ApplicationError
from autobahn.wamp.types import CallOptions, CallResult, PublishOptions, RegisterOptions, SubscribeOptions

PREFIX = f"interop.{NAME}."
HISTORY = "interop.history."


class Features(Session):
    async def play(self):
        features = ("patterns", "sharing", "progress", "cancel", "receivers", "retention", "history", "meta")
        for feature in features:
            say(feature)
            await asyncio.wait_for(getattr(self, feature)(), 30)

    def left(self):
        say("done")

    async def tell(self, topic, *args, **options):
        await self.publish(topic, *args, options=PublishOptions(acknowledge=True, **options))

    async def patterns(self):
        heard = asyncio.Queue()

        def hear(number, details):
            heard.put_nowait((details.topic, number))

        await self.subscribe(hear, f"{PREFIX}sensor", SubscribeOptions(match="prefix", details=True))
        await self.subscribe(hear, f"interop.{NAME}..reading", SubscribeOptions(match="wildcard", details=True))
        await self.tell(f"{PREFIX}sensor.reading", 1, exclude_me=False)
        for _ in range(2):
            same(await heard.get(), (f"{PREFIX}sensor.reading", 1), "event of a pattern")

        def answer(number, details):
            return CallResult(details.procedure, number)

        await self.register(answer, f"{PREFIX}math", RegisterOptions(match="prefix", details=True))
        result = await self.call(f"{PREFIX}math.square", 7)
        same(list(result.results), [f"{PREFIX}math.square", 7], "call of a pattern")

    async def sharing(self):
        procedure = f"{PREFIX}shared"
        await self.call("interop.driver.share", procedure)
        await self.register(lambda: NAME, procedure, RegisterOptions(invoke="roundrobin"))
        answers = [await self.call(procedure) for _ in range(4)]
        same(answers, ["driver", NAME, "driver", NAME], "answers of two callees in turn")

    async def progress(self):
        def count(most, details):
            for number in range(1, most):
                details.progress(number)
            return most

        await self.register(count, f"{PREFIX}count", RegisterOptions(details=True))
        heard = []
        result = await self.call(f"{PREFIX}count", 4, options=CallOptions(on_progress=heard.append))
        same((heard, result), ([1, 2, 3], 4), "progressive results and result")

    async def cancel(self):
        begun = asyncio.Event()
        interrupted = asyncio.Event()

        async def slow():
            begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                interrupted.set()
                raise

        await self.register(slow, f"{PREFIX}slow")
        call = self.call(f"{PREFIX}slow")
        await begun.wait()
        call.cancel()
        await interrupted.wait()
        same(await self.call("interop.driver.echo", 1), 1, "a call after it")
        try:
            await self.call(f"{PREFIX}slow", options=CallOptions(timeout=50))
        except ApplicationError as problem:
            same(problem.error, "wamp.error.timeout", "outcome of a call that takes too long")

    async def receivers(self):
        own = self.session_id
        topic = f"{PREFIX}choice"
        heard = asyncio.Queue()
        await self.subscribe(heard.put_nowait, topic)
        await self.tell(topic, "for others", exclude_me=False, exclude=[own])
        await self.tell(topic, "for nobody here", exclude_me=False, eligible=[1])
        await self.tell(topic, "not for the publisher")
        await self.tell(topic, "for me", exclude_me=False, eligible=[own])
        same(await heard.get(), "for me", "first event that is for this session")

    async def retention(self):
        topic = f"{PREFIX}state"
        await self.tell(topic, "on", retain=True, exclude_me=False)
        heard = asyncio.Queue()
        await self.subscribe(heard.put_nowait, topic, SubscribeOptions(get_retained=True))
        same(await heard.get(), "on", "retained event")

    async def history(self):
        topic = HISTORY + NAME
        for number in (1, 2, 3):
            await self.tell(topic, number)
        subscription = await self.call("wamp.subscription.lookup", HISTORY, {"match": "prefix"})
        result = await self.call("wamp.subscription.get_events", subscription, topic=topic, reverse=True, limit=2)
        same([event["args"] for event in result.results[0]], [[3], [2]], "the latest events")

    async def meta(self):
        own = self.session_id
        count = await self.call("wamp.session.count")
        same(count >= 2, True, f"sessions: {count}")
        same(own in await self.call("wamp.session.list"), True, "own session is listed")
        same((await self.call("wamp.session.get", own))["session"], own, "details of the own session")
        registration = await self.call("wamp.registration.match", f"{PREFIX}math.square")
        same((await self.call("wamp.registration.get", registration))["match"], "prefix", "details of a registration")
        subscriptions = await self.call("wamp.subscription.match", f"{PREFIX}sensor.reading")
        same(len(subscriptions), 2, "subscriptions that match")


run(Features)
