"""PyPI autobahn proves who it is, as login.js says."""

import ssl
import sys

from autobahn_session import Session, run, same, say

from autobahn.wamp.auth import create_authenticator

METHOD, AUTHID, SECRET, EXPECTED = sys.argv[4:8]
# "-" stands for a HELLO without a realm.
REALM = {"-": None}.get(sys.argv[8], sys.argv[8]) if len(sys.argv) > 8 else "realm1"
SECRETS = {"ticket": "ticket", "wampcra": "secret", "cryptosign": "privkey", "scram": "password"}


# Anonymous clients and clients with a certificate have nothing to prove; "*" stands for any authid.
PROOF = create_authenticator(METHOD, authid=AUTHID, **{SECRETS[METHOD]: SECRET}) if METHOD in SECRETS else None


class Login(Session):
    succeeded = False

    def onConnect(self):
        if PROOF is None:
            self.join(REALM, [METHOD])
        else:
            self.join(REALM, [METHOD], AUTHID, authextra=PROOF.authextra)

    def onChallenge(self, challenge):
        return PROOF.on_challenge(self, challenge)

    def onWelcome(self, welcome):
        # With scram, the client lets the router prove that it knows the user.
        return None if PROOF is None else PROOF.on_welcome(self, welcome.authextra)

    async def onJoin(self, details):
        self.joined = details
        await super().onJoin(details)

    async def play(self):
        if EXPECTED != "*":
            same(self.joined.authid, EXPECTED, "authid")

    def onLeave(self, details):
        if details.reason == EXPECTED:
            self.left()
            self.disconnect()
        else:
            super().onLeave(details)

    def left(self):
        say("done")


def tls():
    """TLS, if the certificate of the router is given, with that of the client and its key."""
    if len(sys.argv) < 10:
        return None
    context = ssl.create_default_context(cafile=sys.argv[9])
    context.load_cert_chain(sys.argv[10], sys.argv[11])
    return context


run(Login, tls())
