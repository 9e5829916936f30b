"""PyPI autobahn proves who it is, as login.js says."""

import sys

from autobahn_session import Session, run, same, say

from autobahn.wamp.auth import create_authenticator

METHOD, AUTHID, SECRET, EXPECTED = sys.argv[4:8]
SECRETS = {"ticket": "ticket", "wampcra": "secret", "cryptosign": "privkey", "scram": "password"}


PROOF = create_authenticator(METHOD, authid=AUTHID, **{SECRETS[METHOD]: SECRET})


class Login(Session):
    succeeded = False

    def onConnect(self):
        self.join("realm1", [METHOD], AUTHID, authextra=PROOF.authextra)

    def onChallenge(self, challenge):
        return PROOF.on_challenge(self, challenge)

    def onWelcome(self, welcome):
        # With scram, the client lets the router prove that it knows the user.
        return PROOF.on_welcome(self, welcome.authextra)

    async def onJoin(self, details):
        self.joined = details
        await super().onJoin(details)

    async def play(self):
        same(self.joined.authid, EXPECTED, "authid")

    def onLeave(self, details):
        if details.reason == EXPECTED:
            self.left()
            self.disconnect()
        else:
            super().onLeave(details)

    def left(self):
        say("done")


run(Login)
