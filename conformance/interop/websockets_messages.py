"""PyPI websockets exchanges large messages, with or without compression, by hand: HELLO, SUBSCRIBE, PUBLISH."""

import json
import sys

from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.sync.client import connect

url, compression = sys.argv[1:3]
offers = None
if compression == "compressed":
    offers = [ClientPerMessageDeflateFactory(server_max_window_bits=11, client_max_window_bits=12)]
text = "0123456789" * 5000

with connect(url, subprotocols=["wamp.2.json"], compression=None, extensions=offers) as socket:
    agreed = [extension.name for extension in socket.protocol.extensions]
    assert agreed == ([] if offers is None else ["permessage-deflate"]), agreed

    def send(*message):
        socket.send(json.dumps(message))

    def receive(kind):
        message = json.loads(socket.recv())
        assert message[0] == kind, message
        return message

    send(1, "realm1", {"roles": {"publisher": {}, "subscriber": {}}})
    receive(2)
    send(32, 1, {}, "a.topic")
    receive(33)
    for request in range(2, 12):
        send(16, request, {"exclude_me": False}, "a.topic", [text + str(request)])
    for request in range(2, 12):
        assert receive(36)[4] == [text + str(request)]
    assert socket.ping("last").wait(10)
    socket.close(4000, "κόσμε")
assert (socket.close_code, socket.protocol.close_rcvd.code) == (4000, 4000), socket.close_code
print("ready")
