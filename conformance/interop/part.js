// The part every JavaScript client plays. Alone with the driver it subscribes, calls, registers and takes each of them back, then says
// "ready". It is told its peers' names, exchanges calls, errors and events with each of them and says "done". Told to leave, it does
// and says "left".
import { createInterface } from 'node:readline';
import { deepStrictEqual } from 'node:assert';

export const [url, serializer, name] = process.argv.slice(2);
export const REFUSED = 'interop.error.refused';

// What no JSON library of these clients makes from binary: the form that the specification gives it.
const BYTES = serializer === 'json' ? '\u0000AP8Q' : Buffer.from([0, 255, 16]);
const LIST = [name, 42, -7, 1.5, 'grüße', true, null, [1, 2], { k: 'v' }, BYTES];
const WORDS = { from: name, nested: { list: [1, 'zwei'] } };

const heard = new Set();
const waiting = [];

export function fail(problem) {
    console.log(`failed: ${problem?.stack ?? JSON.stringify(problem)}`);
    process.exit(1);
}

function plain(value) {
    if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
        return `bytes ${Buffer.from(value).toString('hex')}`;
    }
    if (Array.isArray(value)) {
        return value.map(plain);
    }
    return value !== null && typeof value === 'object'
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]))
        : value;
}

function same(actual, expected, what) {
    deepStrictEqual(plain(actual), plain(expected), what);
}

/** Keeps an event after comparing it with what its sender must have published. */
function hear(list, words) {
    try {
        same(list, [words.from, ...LIST.slice(1)], 'event arguments');
        same(words, { ...WORDS, from: words.from }, 'event keywords');
        heard.add(words.from);
        waiting.forEach((check) => check());
    } catch (problem) {
        fail(problem);
    }
}

function heardAll(peers) {
    return new Promise((resolve) => {
        const check = () => peers.every((peer) => heard.has(peer)) && resolve();
        waiting.push(check);
        check();
    });
}

async function calls(client, peer) {
    same(await client.call(`interop.${peer}.echo`, LIST, WORDS), { list: LIST, words: WORDS }, `echo of ${peer}`);
    const refusal = { error: REFUSED, list: [peer], words: { code: 7 } };
    same(await client.refusal(`interop.${peer}.refuse`), refusal, `refusal of ${peer}`);
}

async function takeBackSubscription(client) {
    const topic = `interop.${name}.alone`;
    let events = 0;
    const subscription = await client.subscribe(topic, (list, words) => {
        same(list, LIST, 'repeated arguments');
        same(words, WORDS, 'repeated keywords');
        events++;
    });
    const repeat = () => client.call('interop.driver.repeat', [topic, ...LIST], WORDS);
    await repeat();
    await client.call('interop.driver.echo', [], {});
    same(events, 1, 'events while subscribed');
    await client.unsubscribe(subscription);
    await repeat();
    await client.call('interop.driver.echo', [], {});
    same(events, 1, 'events after unsubscribing');
}

async function takeBackRegistration(client) {
    const procedure = `interop.${name}.brief`;
    const registration = await client.register(procedure, (list, words) => ({ list, words }));
    same(await client.call(procedure, LIST, WORDS), { list: LIST, words: WORDS }, 'call of itself');
    await client.unregister(registration);
    same((await client.refusal(procedure)).error, 'wamp.error.no_such_procedure', 'call after unregistering');
}

/**
 * Plays the part with a client that can `subscribe(topic, handler)`, `unsubscribe(subscription)`, `publish(topic, list, words)` with
 * acknowledgement, `register(procedure, handler)`, `registerRefusal(procedure)`, `unregister(registration)`,
 * `call(procedure, list, words)` giving {list, words}, `refusal(procedure)` giving {error, list, words} of the call's failure, and
 * `leave()`.
 */
export async function play(client) {
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    await calls(client, 'driver');
    await takeBackSubscription(client);
    await takeBackRegistration(client);
    await client.subscribe('interop.events', hear);
    await client.register(`interop.${name}.echo`, (list, words) => ({ list, words }));
    await client.registerRefusal(`interop.${name}.refuse`, { error: REFUSED, list: [name], words: { code: 7 } });
    console.log('ready');
    const peers = (await lines.next()).value.split(' ');
    await client.publish('interop.events', LIST, WORDS);
    for (const peer of peers) {
        await calls(client, peer);
    }
    await heardAll(peers);
    console.log('done');
    await lines.next();
    await client.leave();
    console.log('left');
    process.exit(0);
}

process.on('unhandledRejection', fail);
