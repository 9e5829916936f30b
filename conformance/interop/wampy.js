// npm wampy.
import WebSocket from 'ws';
import { Wampy } from 'wampy';
import { CborSerializer } from 'wampy/CborSerializer.js';
import { JsonSerializer } from 'wampy/JsonSerializer.js';
import { MsgpackSerializer } from 'wampy/MsgpackSerializer.js';
import { fail, hear, name, play, serializer, url, REFUSED } from './part.js';

const chosen = {
    json: () => new JsonSerializer(),
    msgpack: () => new MsgpackSerializer(),
    cbor: () => new CborSerializer(),
}[serializer]();

const client = new Wampy(url, { realm: 'realm1', ws: WebSocket, serializer: chosen, autoReconnect: false });

await client.connect().catch(fail);
await client.subscribe('interop.events', ({ argsList, argsDict }) => hear(argsList, argsDict));
await client.register(`interop.${name}.echo`, ({ argsList, argsDict }) => ({ argsList, argsDict }));
await client.register(`interop.${name}.refuse`, () => {
    throw { error: REFUSED, details: {}, argsList: [name], argsDict: { code: 7 } };
});
await play({
    publish: (topic, argsList, argsDict) => client.publish(topic, { argsList, argsDict }),
    call: async (procedure, argsList, argsDict) => {
        const result = await client.call(procedure, { argsList, argsDict });
        return { list: result.argsList, words: result.argsDict };
    },
    refusal: (procedure) =>
        client.call(procedure).then(
            () => fail(`${procedure} did not refuse`),
            (problem) => ({ error: problem.error, list: problem.argsList, words: problem.argsDict }),
        ),
    leave: () => client.disconnect(),
}).catch(fail);
