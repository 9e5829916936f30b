// A WAMP session over a WebSocket with JSON: what the console needs of the protocol.
import { answer, firstExtra, verify } from './auth.js';

const [HELLO, WELCOME, ABORT, CHALLENGE, AUTHENTICATE, GOODBYE, ERROR] = [1, 2, 3, 4, 5, 6, 8];
const [PUBLISH, PUBLISHED, SUBSCRIBE, SUBSCRIBED, UNSUBSCRIBE, UNSUBSCRIBED, EVENT] = [16, 17, 32, 33, 34, 35, 36];
const [CALL, RESULT, REGISTER, REGISTERED, UNREGISTER, UNREGISTERED] = [48, 50, 64, 65, 66, 67];
const [INVOCATION, YIELD] = [68, 70];

const ROLES = {
    caller: { features: { progressive_call_results: true, call_canceling: true, call_timeout: true } },
    callee: { features: { pattern_based_registration: true, shared_registration: true } },
    publisher: { features: { publisher_exclusion: true } },
    subscriber: { features: { pattern_based_subscription: true, event_history: true, event_retention: true } },
};

/** What a router or a callee answered instead of a result. `uri` is the error URI. */
export class WampError extends Error {
    constructor(uri, args = [], kwargs = {}) {
        const first = args[0];
        super(first === undefined ? uri : `${uri}: ${typeof first === 'string' ? first : JSON.stringify(first)}`);
        this.uri = uri;
        this.args = args;
        this.kwargs = kwargs;
    }
}

/**
 * Joins a realm. `login` has url, realm, methods, and where the methods need them authid and secret. Resolves to a session; rejects
 * with a WampError if the router refuses the login, or with an Error if there is no connection.
 */
export function join(login) {
    return new Promise((resolve, reject) => new Session(login, resolve, reject));
}

class Session {
    /** Called once when the session has ended, with the error URI or an empty text, and a text for people. */
    onEnd = () => {};

    #socket;
    #login;
    #lastRequest = 0;
    #pending = new Map(); // "CODE request" -> { resolve, reject, onProgress }
    #subscriptions = new Map(); // id -> Set of handlers
    #registrations = new Map(); // id -> handler
    #joining;
    #ended = false;
    #extra = {};

    constructor(login, resolve, reject) {
        this.#login = login;
        this.#joining = { resolve, reject };
        this.#socket = new WebSocket(login.url, 'wamp.2.json');
        this.#socket.onopen = () => this.#hello();
        this.#socket.onmessage = ({ data }) => this.#on(JSON.parse(data));
        this.#socket.onclose = ({ code, reason }) =>
            this.#end('', this.id ? `the connection broke (${code}${reason ? ` ${reason}` : ''})` : 'no router answers');
    }

    // ---- What pages call.

    /** Calls a procedure; resolves to { args, kwargs }. `onProgress` gets each progressive result. */
    call(procedure, args = [], kwargs = {}, options = {}, onProgress = null) {
        const wanted = onProgress ? { ...options, receive_progress: true } : options;
        return this.#request(CALL, (id) => [CALL, id, wanted, procedure, args, kwargs], onProgress);
    }


    /** Publishes, this session included; resolves when the router has acknowledged it, to the publication id. */
    publish(topic, args = [], kwargs = {}, options = {}) {
        const all = { acknowledge: true, exclude_me: false, ...options };
        return this.#request(PUBLISH, (id) => [PUBLISH, id, all, topic, args, kwargs]);
    }

    /** Subscribes; handler gets { topic, args, kwargs, details }. Resolves to a function that unsubscribes. */
    async subscribe(topic, options, handler) {
        const id = await this.#request(SUBSCRIBE, (request) => [SUBSCRIBE, request, options, topic], null, (subscription) =>
            this.#handlers(subscription).add({ topic, handler }),
        );
        return async () => {
            const handlers = this.#handlers(id);
            for (const each of handlers) {
                if (each.handler === handler) {
                    handlers.delete(each);
                }
            }
            if (handlers.size === 0 && this.#subscriptions.delete(id) && !this.#ended) {
                await this.#request(UNSUBSCRIBE, (request) => [UNSUBSCRIBE, request, id]);
            }
        };
    }

    /** Registers; handler gets { procedure, args, kwargs, details } and returns { args, kwargs }. Resolves to a function that unregisters. */
    async register(procedure, options, handler) {
        const id = await this.#request(REGISTER, (request) => [REGISTER, request, options, procedure], null, (registration) =>
            this.#registrations.set(registration, { procedure, handler }),
        );
        return async () => {
            if (this.#registrations.delete(id) && !this.#ended) {
                await this.#request(UNREGISTER, (request) => [UNREGISTER, request, id]);
            }
        };
    }

    /** Ends the session. */
    close() {
        if (this.id && !this.#ended) {
            this.#send([GOODBYE, {}, 'wamp.close.close_realm']);
        }
        this.#end('wamp.close.close_realm', 'the session was closed');
    }

    // ---- The protocol.

    #hello() {
        const { realm, methods, authid } = this.#login;
        this.#extra = firstExtra(methods);
        const who = authid ? { authid } : {};
        const details = { roles: ROLES, agent: 'junctor-console', authmethods: methods, authextra: this.#extra, ...who };
        this.#send([HELLO, realm, details]);
    }

    #on([code, ...rest]) {
        switch (code) {
            case WELCOME:
                return this.#welcome(...rest);
            case ABORT:
                return this.#end(rest[1], rest[0].message ?? rest[1]);
            case CHALLENGE:
                return this.#challenge(...rest);
            case GOODBYE:
                this.#send([GOODBYE, {}, 'wamp.close.goodbye_and_out']);
                return this.#end(rest[1], rest[0].message ?? rest[1]);
            case ERROR:
                return this.#settle(rest[0], rest[1], (ends) => ends.reject(new WampError(rest[3], rest[4], rest[5])));
            case RESULT:
                return this.#result(...rest);
            case PUBLISHED:
                return this.#resolve(PUBLISH, rest);
            case SUBSCRIBED:
                return this.#resolve(SUBSCRIBE, rest);
            case UNSUBSCRIBED:
                return this.#resolve(UNSUBSCRIBE, rest);
            case REGISTERED:
                return this.#resolve(REGISTER, rest);
            case UNREGISTERED:
                return this.#resolve(UNREGISTER, rest);
            case EVENT:
                return this.#event(...rest);
            case INVOCATION:
                return this.#invocation(...rest);
        }
    }

    async #welcome(id, details) {
        if (!(await verify(this.#login, details.authextra ?? {}))) {
            return this.#end('wamp.error.authentication_failed', 'the router did not prove that it knows the password');
        }
        this.id = id;
        this.details = details;
        this.#joining.resolve(this);
    }

    async #challenge(method, extra) {
        try {
            const [signature, more] = await answer(this.#login, method, extra, this.#extra);
            this.#send([AUTHENTICATE, signature, more]);
        } catch (failure) {
            this.#send([ABORT, { message: failure.message }, 'wamp.error.authentication_failed']);
            this.#end('wamp.error.authentication_failed', failure.message);
        }
    }

    #result(request, details, args = [], kwargs = {}) {
        if (details.progress) {
            this.#pending.get(`${CALL} ${request}`)?.onProgress?.({ args, kwargs, details });
        } else {
            this.#settle(CALL, request, (ends) => ends.resolve({ args, kwargs, details }));
        }
    }

    #event(subscription, publication, details, args = [], kwargs = {}) {
        for (const { topic, handler } of this.#subscriptions.get(subscription) ?? []) {
            handler({ topic: details.topic ?? topic, publication, args, kwargs, details });
        }
    }

    async #invocation(request, registration, details, args = [], kwargs = {}) {
        const { procedure, handler } = this.#registrations.get(registration) ?? {};
        try {
            const result = await handler({ procedure: details.procedure ?? procedure, args, kwargs, details });
            this.#send([YIELD, request, {}, result.args, result.kwargs]);
        } catch (failure) {
            this.#send([ERROR, INVOCATION, request, {}, failure.uri ?? 'wamp.error.runtime_error', [failure.message]]);
        }
    }

    #handlers(subscription) {
        if (!this.#subscriptions.has(subscription)) {
            this.#subscriptions.set(subscription, new Set());
        }
        return this.#subscriptions.get(subscription);
    }

    /** `onReply` runs before the next message is read: the first event may follow SUBSCRIBED at once. */
    #request(code, message, onProgress = null, onReply = () => {}) {
        return new Promise((resolve, reject) => {
            if (this.#ended) {
                reject(new Error('not connected'));
                return;
            }
            const id = ++this.#lastRequest;
            this.#pending.set(`${code} ${id}`, { resolve, reject, onProgress, onReply });
            this.#send(message(id));
        });
    }

    #resolve(code, [request, id]) {
        this.#settle(code, request, (ends) => {
            ends.onReply(id);
            ends.resolve(id);
        });
    }

    #settle(code, request, action) {
        const key = `${code} ${request}`;
        const ends = this.#pending.get(key);
        this.#pending.delete(key);
        if (ends) {
            action(ends);
        }
    }

    #send(message) {
        if (this.#socket.readyState === WebSocket.OPEN) {
            this.#socket.send(JSON.stringify(message));
        }
    }

    #end(uri, text) {
        if (this.#ended) {
            return;
        }
        this.#ended = true;
        this.#socket.close();
        this.#pending.forEach((ends) => ends.reject(new Error(text)));
        this.#pending.clear();
        if (this.id) {
            this.onEnd(uri, text);
        } else {
            this.#joining.reject(uri ? new WampError(uri, [text]) : new Error(text));
        }
    }
}
