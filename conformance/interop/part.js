// The part every JavaScript client plays: it says "ready" when it listens, is told its peers' names, exchanges calls, errors and
// events with each of them, says "done", and leaves when it is told "bye".
import { createInterface } from 'node:readline';
import { deepStrictEqual } from 'node:assert';

export const [url, serializer, name] = process.argv.slice(2);
export const LIST = [name, 42, -7, 1.5, 'grüße', true, null, [1, 2], { k: 'v' }];
export const WORDS = { from: name };
export const REFUSED = 'interop.error.refused';

const heard = new Set();
const waiting = [];

export function fail(problem) {
    console.log(`failed: ${problem?.stack ?? JSON.stringify(problem)}`);
    process.exit(1);
}

/** Keeps an event after comparing it with what its sender must have published. */
export function hear(list, words) {
    try {
        deepStrictEqual(list, [words.from, ...LIST.slice(1)]);
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

/**
 * Plays the part with a client that can `publish(topic, list, words)`, `call(procedure, list, words)` giving {list, words},
 * `refusal(procedure)` giving {error, list, words} of the call's failure, and `leave()`.
 */
export async function play(client) {
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
    console.log('ready');
    const peers = (await lines.next()).value.split(' ');
    await client.publish('interop.events', LIST, WORDS);
    for (const peer of peers) {
        deepStrictEqual(await client.call(`interop.${peer}.echo`, LIST, WORDS), { list: LIST, words: WORDS });
        deepStrictEqual(await client.refusal(`interop.${peer}.refuse`), { error: REFUSED, list: [peer], words: { code: 7 } });
    }
    await heardAll(peers);
    console.log('done');
    await lines.next();
    await client.leave();
    process.exit(0);
}

process.on('unhandledRejection', fail);
