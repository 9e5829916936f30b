// Opens a session of npm autobahn; it expects a browser's WebSocket and XMLHttpRequest.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { fail, serializer, url } from './part.js';

globalThis.WebSocket = WebSocket;
const require = createRequire(import.meta.url);
globalThis.XMLHttpRequest = require('xhr2');
export const autobahn = require('autobahn');
const serializers = require('autobahn/lib/serializer.js');

const all = {
    json: new serializers.JSONSerializer(),
    msgpack: new serializers.MsgpackSerializer(),
    cbor: new serializers.CBORSerializer(),
};

/** The transport that the URL means. The library has RawSocket and long-poll with JSON only. */
function transport() {
    const { protocol, hostname, port, pathname } = new URL(url);
    switch (protocol) {
        case 'rs:':
            return { type: 'rawsocket', ...(hostname === 'unix' ? { path: pathname } : { host: hostname, port }) };
        case 'http:':
            return { type: 'longpoll', url };
        default:
            return { type: 'websocket', url };
    }
}

/** Calls `use(session, leave, details)` with a session, what ends it in order, and what the router said of it. */
export function open(use, options = {}, refused = (reason, details) => fail(`${reason}: ${JSON.stringify(details)}`)) {
    // It offers all it has, the chosen one first: a router that has that one must take it.
    const offered = [all[serializer], ...Object.values(all).filter((one) => one !== all[serializer])];
    const connection = new autobahn.Connection({
        transports: [transport()],
        realm: 'realm1',
        serializers: offered,
        max_retries: 0,
        ...options,
    });
    const leave = () =>
        new Promise((resolve) => {
            connection.onclose = (reason, details) =>
                details.reason === 'wamp.close.goodbye_and_out' ? resolve() : fail(`${reason}: ${details.reason}`);
            connection.close();
        });
    connection.onopen = (session, details) => {
        const taken = connection._transport.info.protocol;
        if (taken !== `wamp.2.${serializer}`) {
            fail(`the router took ${taken}`);
        }
        use(session, leave, details).catch(fail);
    };
    connection.onclose = refused;
    connection.open();
}
