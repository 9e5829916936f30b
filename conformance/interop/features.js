// What every JavaScript client does with the options it has: patterns, progress, cancel, shared procedures, lists of receivers, retained
// events, history and the meta API. It needs the driver only, and says "done".
import { deepStrictEqual, ok } from 'node:assert';
import { name, url } from './part.js';

const PREFIX = `interop.${name}.`;
const HISTORY = 'interop.history.';

function same(actual, expected, what) {
    deepStrictEqual(actual, expected, what);
}

/** What a handler was told, in order, for who waits until it is so many. */
function notes() {
    const taken = [];
    const waiting = [];
    return {
        take(note) {
            taken.push(note);
            waiting.forEach((check) => check());
        },
        until: (count) =>
            new Promise((resolve) => {
                const check = () => taken.length >= count && resolve(taken);
                waiting.push(check);
                check();
            }),
    };
}

async function patterns(client) {
    const heard = notes();
    const hear = (list, { topic }) => heard.take([topic, ...list]);
    await client.subscribe(`${PREFIX}sensor`, hear, { match: 'prefix' });
    await client.subscribe(`interop.${name}..reading`, hear, { match: 'wildcard' });
    await client.publish(`${PREFIX}sensor.reading`, [1], { exclude_me: false });
    same(await heard.until(2), Array(2).fill([`${PREFIX}sensor.reading`, 1]), 'events of two patterns');

    await client.register(`${PREFIX}math`, (list, { procedure }) => [procedure, ...list], { match: 'prefix' });
    same(await client.call(`${PREFIX}math.square`, [7]), [`${PREFIX}math.square`, 7], 'call of a pattern');
}

async function sharing(client) {
    const procedure = `${PREFIX}shared`;
    await client.call('interop.driver.share', [procedure]);
    await client.register(procedure, () => [name], { invoke: 'roundrobin' });
    const answers = [];
    for (let i = 0; i < 4; i++) {
        answers.push((await client.call(procedure, []))[0]);
    }
    same(answers, ['driver', name, 'driver', name], 'answers of two callees in turn');
}

async function progress(client) {
    // By long-poll, npm autobahn sends the next message before the router has answered the one before: the order of the
    // results of a callee is not certain.
    const procedure = url.startsWith('http') ? 'interop.driver.count' : `${PREFIX}count`;
    await client.register(`${PREFIX}count`, ([count], { progress: tell }) => {
        for (let i = 1; i < count; i++) {
            tell([i]);
        }
        return [count];
    });
    const heard = notes();
    const result = await client.call(procedure, [4], { onProgress: (list) => heard.take(list[0]) });
    same(result, [4], 'result');
    same(await heard.until(3), [1, 2, 3], 'progressive results');
}

async function cancel(client) {
    const begun = notes();
    let finish;
    await client.register(`${PREFIX}slow`, () => {
        begun.take('begun');
        return new Promise((resolve) => {
            finish = () => resolve([]);
        });
    });
    const call = client.begin(`${PREFIX}slow`, []);
    await begun.until(1);
    call.cancel('kill');
    same(await call.error, 'wamp.error.canceled', 'outcome of a canceled call');
    finish();
    same(await client.call('interop.driver.echo', [1]), [1], 'a call after it');
}

async function receivers(client) {
    const own = client.session();
    const topic = `${PREFIX}choice`;
    const heard = notes();
    await client.subscribe(topic, (list) => heard.take(list[0]));
    await client.publish(topic, ['for others'], { exclude_me: false, exclude: [own] });
    await client.publish(topic, ['for nobody here'], { exclude_me: false, eligible: [1] });
    await client.publish(topic, ['not for the publisher'], {});
    await client.publish(topic, ['for me'], { exclude_me: false, eligible: [own] });
    same(await heard.until(1), ['for me'], 'events that are for this session');
}

async function retention(client) {
    const topic = `${PREFIX}state`;
    await client.call('interop.driver.keep', [topic, 'on']);
    const heard = notes();
    await client.subscribe(topic, (list) => heard.take(list[0]), { get_retained: true });
    same(await heard.until(1), ['on'], 'retained event');
}

async function history(client) {
    const topic = HISTORY + name;
    for (const number of [1, 2, 3]) {
        await client.publish(topic, [number], {});
    }
    const [subscription] = await client.call('wamp.subscription.lookup', [HISTORY, { match: 'prefix' }]);
    ok(subscription, 'a subscription that keeps events');
    const latest = { topic, reverse: true, limit: 2 };
    const [events] = await client.call('wamp.subscription.get_events', [subscription], { words: latest });
    same(
        events.map((event) => event.args),
        [[3], [2]],
        'the latest events',
    );
}

async function meta(client) {
    const own = client.session();
    const [count] = await client.call('wamp.session.count', []);
    ok(count >= 2, `sessions: ${count}`);
    ok((await client.call('wamp.session.list', []))[0].includes(own), 'own session is listed');
    same((await client.call('wamp.session.get', [own]))[0].session, own, 'details of the own session');
    const [registration] = await client.call('wamp.registration.match', [`${PREFIX}math.square`]);
    same((await client.call('wamp.registration.get', [registration]))[0].match, 'prefix', 'details of a registration');
    const [subscriptions] = await client.call('wamp.subscription.match', [`${PREFIX}sensor.reading`]);
    same(subscriptions.length, 2, 'subscriptions that match');
}

/**
 * Uses a client that can `subscribe(topic, handler(list, {topic}), options)`, `publish(topic, list, options)` with acknowledgement,
 * `register(procedure, handler(list, {procedure, progress(list)}), options)`, `call(procedure, list, {onProgress(list), words})` giving
 * a list, `begin(procedure, list)` giving {cancel(mode), error}, `session()` giving its id and `leave()`.
 */
export async function useFeatures(client) {
    for (const feature of [patterns, sharing, progress, cancel, receivers, retention, history, meta]) {
        console.log(feature.name);
        await feature(client);
    }
    await client.leave();
    console.log('done');
    process.exit(0);
}
