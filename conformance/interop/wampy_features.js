// npm wampy with its options.
import { useFeatures } from './features.js';
import { connection, wampy } from './wampy_connection.js';

// It never sends exclude_me: what it is to hear itself another session publishes.
const other = connection();

const withOptions = {
    subscribe: (topic, handler, options) =>
        wampy.subscribe(topic, ({ argsList, details }) => handler(argsList ?? [], details), options),
    publish: (topic, argsList, { exclude_me: excludeMe, ...options }) =>
        (excludeMe === false ? other : wampy).publish(topic, { argsList, argsDict: {} }, options),
    register: (procedure, handler, options) =>
        wampy.register(
            procedure,
            async ({ argsList, details, result_handler: send }) => {
                const progress = (list) => send({ argsList: list, options: { progress: true } });
                return { argsList: await handler(argsList ?? [], { procedure: details.procedure, progress }) };
            },
            options,
        ),
    call: async (procedure, argsList, { onProgress, words } = {}) => {
        const options = onProgress ? { progress_callback: (result) => onProgress(result.argsList) } : undefined;
        const result = await wampy.call(procedure, { argsList, argsDict: words ?? {} }, options);
        return result.argsList ?? [];
    },
    begin: (procedure, argsList) => {
        const call = wampy.call(procedure, { argsList, argsDict: {} });
        const { reqId } = wampy.getOpStatus();
        return {
            cancel: (mode) => wampy.cancel(reqId, { mode }),
            error: call.then(
                () => 'none',
                (problem) => problem.errorUri,
            ),
        };
    },
    session: () => wampy.getSessionId(),
    leave: () => Promise.all([wampy.disconnect(), other.disconnect()]),
};

await Promise.all([wampy.connect(), other.connect()]);
await useFeatures(withOptions);
