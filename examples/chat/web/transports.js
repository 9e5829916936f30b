// Three ways to exchange WAMP messages in JSON with a router. `base` is the URL of the router's WebSocket path as http or
// https. The new transport calls on.open(), then on.message(message) for each, and in the end on.close(why) once; `why`
// is empty if the browser does not tell.

class WebSocketTransport {
  static label = "WebSocket";
  #socket;

  constructor(base, on) {
    this.#socket = new WebSocket(base.replace(/^http/, "ws"), ["wamp.2.json"]);
    const patience = setTimeout(() => this.close(), 5000); // some networks swallow the handshake
    this.#socket.onopen = () => {
      clearTimeout(patience);
      on.open();
    };
    this.#socket.onmessage = message => on.message(JSON.parse(message.data));
    this.#socket.onclose = close => {
      clearTimeout(patience);
      on.close(close.reason);
    };
  }

  send(message) {
    this.#socket.send(JSON.stringify(message));
  }

  close() {
    this.#socket.close();
  }
}

// Sends by POST requests. The subclasses say how messages are received.
class HttpTransport {
  #on;
  #sent = Promise.resolve();

  constructor(base, on) {
    this.#on = on;
    this.isOpen = true;
    this.#open(base).catch(failure => this.end(failure));
  }

  async #open(base) {
    const opened = await this.post(base + "/open", JSON.stringify({ protocols: ["wamp.2.json"] }));
    this.url = base + "/" + (await opened.json()).transport;
    if (this.isOpen) {
      this.#on.open();
      await this.receive();
    } else {
      this.#closeAtRouter();
    }
  }

  /** Requests are sent one after the other, as the router takes messages in the order in which requests arrive. */
  send(message) {
    this.#sent = this.#sent
      .then(() => this.isOpen && this.post(this.url + "/send", JSON.stringify(message)))
      .catch(failure => this.end(failure));
  }

  close() {
    if (this.isOpen && this.url) {
      this.#closeAtRouter();
    }
    this.isOpen = false;
  }

  /** The session ends at once, also if the page is about to go. */
  #closeAtRouter() {
    fetch(this.url + "/close", { method: "POST", keepalive: true }).catch(() => {});
  }

  received(text) {
    if (this.isOpen) {
      this.#on.message(JSON.parse(text));
    }
  }

  /** A TypeError means that there was no response that the page may read. */
  end(failure) {
    if (this.isOpen) {
      this.isOpen = false;
      this.#on.close(failure instanceof TypeError ? "" : failure.message);
    }
  }

  async post(url, body) {
    const response = await fetch(url, { method: "POST", body });
    if (!response.ok) {
      throw new Error((await response.text()).trim());
    }
    return response;
  }
}

class LongPollTransport extends HttpTransport {
  static label = "long-poll";

  async receive() {
    while (this.isOpen) {
      const response = await this.post(this.url + "/receive");
      if (response.status === 200) {
        this.received(await response.text());
      }
    }
  }
}

class EventStreamTransport extends HttpTransport {
  static label = "event stream";

  /** EventSource connects again by itself, and tells the router which message it had last. */
  receive() {
    const events = new EventSource(this.url + "/events?after=0");
    const end = why => {
      events.close();
      this.end(new Error(why));
    };
    events.onmessage = event => this.isOpen ? this.received(event.data) : events.close();
    events.addEventListener("close", event => end(event.data));
    events.onerror = () => events.readyState === EventSource.CLOSED && end("the event stream was refused");
  }
}

/** Finds out why no transport could be opened. Browsers do not tell pages how the router answered a WebSocket. */
async function whyNotOpen(base) {
  const { host } = new URL(base);
  const answers = path => fetch(base + path, { mode: path ? "cors" : "no-cors" }).then(() => true, () => false);
  if (await answers("/open")) {
    return `the router at ${host} answers, but WebSockets do not get through to it`;
  }
  return await answers("")
    ? `the router at ${host} does not allow pages of ${location.origin} to connect`
    : `no router answers at ${host}`;
}
