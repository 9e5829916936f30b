// npm autobahn; it expects a browser's WebSocket.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { fail, play, serializer, url } from './part.js';

globalThis.WebSocket = WebSocket;
const require = createRequire(import.meta.url);
const autobahn = require('autobahn');
const serializers = require('autobahn/lib/serializer.js');

const all = {
    json: new serializers.JSONSerializer(),
    msgpack: new serializers.MsgpackSerializer(),
    cbor: new serializers.CBORSerializer(),
};
// It offers all it has, the chosen one first: a router that has that one must take it.
const offered = [all[serializer], ...Object.values(all).filter((one) => one !== all[serializer])];
const connection = new autobahn.Connection({ url, realm: 'realm1', serializers: offered, max_retries: 0 });

function player(session) {
    return {
        subscribe: (topic, handler) => session.subscribe(topic, handler),
        unsubscribe: (subscription) => session.unsubscribe(subscription),
        publish: (topic, list, words) => session.publish(topic, list, words, { acknowledge: true }),
        register: (procedure, handler) =>
            session.register(procedure, (given, named) => {
                const { list, words } = handler(given, named);
                return new autobahn.Result(list, words);
            }),
        registerRefusal: (procedure, { error, list, words }) =>
            session.register(procedure, () => {
                throw new autobahn.Error(error, list, words);
            }),
        unregister: (registration) => session.unregister(registration),
        call: async (procedure, list, words) => {
            const result = await session.call(procedure, list, words);
            // It unpacks a result that is one positional argument or none.
            return result instanceof autobahn.Result ? { list: result.args, words: result.kwargs } : result;
        },
        refusal: (procedure) =>
            session.call(procedure).then(
                () => fail(`${procedure} did not refuse`),
                (problem) => ({ error: problem.error, list: problem.args, words: problem.kwargs }),
            ),
        leave: () =>
            new Promise((resolve) => {
                connection.onclose = (reason, details) =>
                    details.reason === 'wamp.close.goodbye_and_out' ? resolve() : fail(`${reason}: ${details.reason}`);
                connection.close();
            }),
    };
}

connection.onopen = (session) => {
    const taken = connection._transport.info.protocol;
    if (taken !== `wamp.2.${serializer}`) {
        fail(`the router took ${taken}`);
    }
    play(player(session)).catch(fail);
};
connection.onclose = (reason, details) => fail(`${reason}: ${JSON.stringify(details)}`);
connection.open();
