// The part of WAMP that a chat needs, in JSON over the browser's own WebSocket. Larger pages use a library from npm.
class WampSession {
  #socket; #handlers; #lastRequest = 0; #leaving = false;
  #pending = new Map();       // request id -> the promise's two ends
  #subscriptions = new Map(); // subscription id -> what to call with the arguments of an event

  constructor(url, realm, handlers) {
    this.#handlers = handlers;
    this.#socket = new WebSocket(url, ["wamp.2.json"]);
    this.#socket.onopen = () => this.#send([1, realm, { roles: { publisher: {}, subscriber: {} } }]); // HELLO
    this.#socket.onmessage = message => this.#on(JSON.parse(message.data));
    this.#socket.onclose = close => this.#end(close.reason || "the connection was closed (" + close.code + ")");
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
    this.#leaving = true;
    this.#send([6, {}, "wamp.close.close_realm"]); // GOODBYE
  }

  #request(message, onReply) {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        throw new Error("not connected");
      }
      const id = ++this.#lastRequest;
      this.#pending.set(id, { resolve: value => resolve(onReply(value)), reject });
      this.#send(message(id));
    });
  }

  #on([code, ...rest]) {
    switch (code) {
      case 2: // WELCOME
        return this.#handlers.onOpen();
      case 3: // ABORT: details, reason
        return this.#end((rest[0].message ?? "") + " (" + rest[1] + ")");
      case 6: // GOODBYE: details, reason
        if (!this.#leaving) {
          this.#send([6, {}, "wamp.close.goodbye_and_out"]);
        }
        return this.#end(rest[1]);
      case 8: // ERROR: request type, request, details, error, args
        return this.#settle(rest[1])?.reject(new Error(rest[3] + " " + (rest[4] ?? [""])[0]));
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

  #end(why) {
    this.#socket.onclose = null;
    this.#socket.close();
    this.#pending.forEach(ends => ends.reject(new Error(why)));
    this.#pending.clear();
    this.#handlers.onClose(why);
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }
}
