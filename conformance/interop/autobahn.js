// npm autobahn.
import { autobahn, open } from './autobahn_connection.js';
import { fail, play } from './part.js';

function player(session, leave) {
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
        leave,
    };
}

open((session, leave) => play(player(session, leave)));
