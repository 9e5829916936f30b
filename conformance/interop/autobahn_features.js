// npm autobahn with its options.
import { autobahn, open } from './autobahn_connection.js';
import { useFeatures } from './features.js';

/** It unpacks a result that is one positional argument or none. */
function listOf(result) {
    if (result instanceof autobahn.Result) {
        return result.args;
    }
    return result === null ? [] : [result];
}

function withOptions(session, leave) {
    return {
        subscribe: (topic, handler, options) =>
            session.subscribe(topic, (list, words, details) => handler(list ?? [], details), options),
        publish: (topic, list, options) => session.publish(topic, list, {}, { ...options, acknowledge: true }),
        register: (procedure, handler, options) =>
            session.register(
                procedure,
                async (list, words, details) => new autobahn.Result(await handler(list ?? [], details)),
                options,
            ),
        call: async (procedure, list, { onProgress, words } = {}) => {
            const options = onProgress ? { receive_progress: true } : {};
            const tell = (result) => onProgress?.(listOf(result));
            return listOf(await session.call(procedure, list, words, options).then(null, null, tell));
        },
        begin: (procedure, list) => {
            const call = session.call(procedure, list);
            return {
                cancel: (mode) => call.cancel({ mode }),
                error: call.then(
                    () => 'none',
                    (problem) => problem.error,
                ),
            };
        },
        session: () => session.id,
        leave,
    };
}

open((session, leave) => useFeatures(withOptions(session, leave)));
