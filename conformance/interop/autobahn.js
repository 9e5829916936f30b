// npm autobahn; it expects a browser's WebSocket.
import { createRequire } from 'node:module';
import WebSocket from 'ws';
import { fail, hear, name, play, serializer, url, REFUSED } from './part.js';

globalThis.WebSocket ??= WebSocket;
const require = createRequire(import.meta.url);
const autobahn = require('autobahn');
const serializers = require('autobahn/lib/serializer.js');

const chosen = {
    json: () => new serializers.JSONSerializer(),
    msgpack: () => new serializers.MsgpackSerializer(),
    cbor: () => new serializers.CBORSerializer(),
}[serializer]();

const connection = new autobahn.Connection({ url, realm: 'realm1', serializers: [chosen], max_retries: 0 });

connection.onopen = async (session) => {
    await session.subscribe('interop.events', hear);
    await session.register(`interop.${name}.echo`, (list, words) => new autobahn.Result(list, words));
    await session.register(`interop.${name}.refuse`, () => {
        throw new autobahn.Error(REFUSED, [name], { code: 7 });
    });
    await play({
        publish: (topic, list, words) => session.publish(topic, list, words, { acknowledge: true }),
        call: async (procedure, list, words) => {
            const result = await session.call(procedure, list, words);
            return { list: [...result.args], words: { ...result.kwargs } };
        },
        refusal: (procedure) =>
            session.call(procedure).then(
                () => fail(`${procedure} did not refuse`),
                (problem) => ({ error: problem.error, list: problem.args, words: problem.kwargs }),
            ),
        leave: () =>
            new Promise((resolve) => {
                connection.onclose = resolve;
                connection.close();
            }),
    }).catch(fail);
};
connection.onclose = (reason, details) => fail(`${reason}: ${JSON.stringify(details)}`);
connection.open();
