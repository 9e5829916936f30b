// The part of WAMP that a chat needs. Larger pages use a library from npm.
class WampSession {
  #transport; #login; #handlers; #lastRequest = 0; #isOpen = false; #hasEnded = false;
  #pending = new Map();       // request id -> the promise's two ends
  #subscriptions = new Map(); // subscription id -> what to call with the arguments of an event

  /**
   * Joins login.realm, as login.user with its name and password if there is one, by the first of these kinds of transport
   * that can be opened. Calls handlers.onOpen(details, transport) and in the end handlers.onClose(reason, message).
   */
  constructor(router, kinds, login, handlers) {
    this.#login = login;
    this.#handlers = handlers;
    this.#connect(router, kinds);
  }

  #connect(router, [Kind, ...others]) {
    let opened = false;
    this.#transport = new Kind(router, {
      open: () => {
        opened = true;
        this.#hello();
      },
      message: message => this.#on(message, Kind.label),
      close: async why => {
        if (opened || this.#hasEnded) {
          this.#end("", why || "the connection broke");
        } else if (others.length > 0) {
          this.#connect(router, others);
        } else {
          this.#end("", why || await whyNotOpen(router));
        }
      },
    });
  }

  /** Calls handler(args, kwargs) for every event of the topic. */
  async subscribe(topic, handler) {
    await this.#request(id => [32, id, {}, topic], subscription => this.#subscriptions.set(subscription, handler));
  }

  /** Publishes to everybody, this page included; done when the router has taken it. */
  async publish(topic, args) {
    await this.#request(id => [16, id, { acknowledge: true, exclude_me: false }, topic, args], () => {});
  }

  close() {
    this.#end("wamp.close.close_realm", "the session was closed");
  }

  #hello() {
    const { realm, user } = this.#login;
    const who = user ? { authmethods: ["wampcra"], authid: user.name } : {};
    this.#transport.send([1, realm, { roles: { publisher: {}, subscriber: {} }, ...who }]);
  }

  async #authenticate({ challenge }) {
    try {
      this.#transport.send([5, await sign(this.#login.user.password, challenge), {}]);
    } catch {
      this.#end("", "a page can log in only by https, or on the router's own machine");
    }
  }

  #request(message, onReply) {
    return new Promise((resolve, reject) => {
      if (!this.#isOpen) {
        throw new Error("not connected");
      }
      const id = ++this.#lastRequest;
      this.#pending.set(id, { resolve: value => resolve(onReply(value)), reject });
      this.#transport.send(message(id));
    });
  }

  #on([code, ...rest], transport) {
    switch (code) {
      case 2: // WELCOME: session, details
        this.#isOpen = true;
        return this.#handlers.onOpen(rest[1], transport);
      case 3: // ABORT: details, reason
        return this.#end(rest[1], rest[0].message ?? rest[1]);
      case 4: // CHALLENGE: method, extra
        return this.#authenticate(rest[1]);
      case 6: // GOODBYE: details, reason
        this.#transport.send([6, {}, "wamp.close.goodbye_and_out"]);
        return this.#end(rest[1], rest[0].message ?? rest[1]);
      case 8: // ERROR: request type, request, details, error, args
        return this.#settle(rest[1])?.reject(
          Object.assign(new Error(rest[3] + " " + (rest[4] ?? [""])[0]), { reason: rest[3] }));
      case 17: // PUBLISHED: request, publication
      case 33: // SUBSCRIBED: request, subscription
        return this.#settle(rest[0])?.resolve(rest[1]);
      case 36: // EVENT: subscription, publication, details, args, kwargs
        return this.#subscriptions.get(rest[0])?.(rest[3] ?? [], rest[4] ?? {});
    }
  }

  #settle(id) {
    const ends = this.#pending.get(id);
    this.#pending.delete(id);
    return ends;
  }

  #end(reason, message) {
    if (!this.#hasEnded) {
      this.#hasEnded = true;
      this.#isOpen = false;
      this.#transport.close();
      this.#pending.forEach(ends => ends.reject(new Error(message)));
      this.#pending.clear();
      this.#handlers.onClose(reason, message);
    }
  }
}

/** The answer to a challenge of WAMP-CRA. Browsers compute it only for pages from https or from this machine. */
async function sign(password, challenge) {
  const bytes = text => new TextEncoder().encode(text);
  const key = await crypto.subtle.importKey("raw", bytes(password), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const signature = await crypto.subtle.sign("HMAC", key, bytes(challenge));
  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}
