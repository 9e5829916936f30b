// npm wampy.
import { fail, play } from './part.js';
import { wampy } from './wampy_connection.js';

/** Its CBOR library makes a typed array (tag 64) from the Uint8Array that it received, but a byte string from a Buffer. */
function untagged(value) {
    return value instanceof Uint8Array ? Buffer.from(value) : value;
}

const player = {
    subscribe: (topic, handler) => wampy.subscribe(topic, ({ argsList, argsDict }) => handler(argsList, argsDict)),
    unsubscribe: (subscription) => wampy.unsubscribe(subscription.subscriptionId),
    publish: (topic, argsList, argsDict) => wampy.publish(topic, { argsList, argsDict }),
    register: async (procedure, handler) => {
        await wampy.register(procedure, ({ argsList, argsDict }) => {
            const { list, words } = handler(argsList, argsDict);
            return { argsList: list.map(untagged), argsDict: words };
        });
        return procedure;
    },
    registerRefusal: (procedure, { error, list, words }) =>
        wampy.register(procedure, () => {
            throw { error, details: {}, argsList: list, argsDict: words };
        }),
    unregister: (procedure) => wampy.unregister(procedure),
    call: async (procedure, argsList, argsDict) => {
        const result = await wampy.call(procedure, { argsList, argsDict });
        return { list: result.argsList, words: result.argsDict };
    },
    refusal: (procedure) =>
        wampy.call(procedure).then(
            () => fail(`${procedure} did not refuse`),
            (problem) => ({ error: problem.errorUri, list: problem.argsList, words: problem.argsDict }),
        ),
    leave: () => wampy.disconnect(),
};

await wampy.connect().catch(fail);
await play(player).catch(fail);
