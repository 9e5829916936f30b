// The chat page. Its address can say more, as in ?transport=longpoll&realm=realm1&router=https://HOST:PORT/ws
// Transports are websocket, longpoll and streaming. Without one, the page uses long-poll where WebSockets are blocked.
const at = id => document.getElementById(id);
const wanted = new URLSearchParams(location.search);
const router = wanted.get("router") ?? location.origin + "/ws";
const realm = wanted.get("realm") ?? "realm1";
const transports = {
  websocket: [WebSocketTransport],
  longpoll: [LongPollTransport],
  streaming: [EventStreamTransport],
}[wanted.get("transport")] ?? [WebSocketTransport, LongPollTransport];

// What the reasons of the router mean to the person at the page.
const WORDS = {
  "wamp.error.no_such_realm": `this router has no realm named "${realm}"`,
  "wamp.error.authentication_denied": "the user name or the password is wrong",
  "wamp.error.not_authorized": "you may not use this chat room",
  "wamp.close.system_shutdown": "the router is shutting down",
};
const said = (reason, message) => WORDS[reason] ?? message;
let session;

function show(name, text) {
  const line = document.createElement("li");
  const who = document.createElement("b");
  who.textContent = name;
  line.append(who, text);
  at("log").append(line);
}

/** Joins as a guest, or as a user with a password. */
function join(user) {
  session?.close();
  at("state").textContent = "connecting";
  const joining = new WampSession(router, transports, { realm, user }, {
    onOpen: async ({ authid }, transport) => {
      try {
        await joining.subscribe("chat.room", ([name, text]) => show(name, text));
        at("name").value = user ? authid : "guest";
        at("state").textContent = `connected by ${transport}${user ? " as " + authid : ""}; open this page twice`;
      } catch (refused) {
        at("state").textContent = "not subscribed: " + said(refused.reason, refused.message);
      }
    },
    onClose: (reason, message) => {
      if (session === joining) {
        at("state").textContent = `not connected: ${said(reason, message)}. Reload to try again.`;
      }
    },
  });
  session = joining;
}

at("say").addEventListener("submit", async submitted => {
  submitted.preventDefault();
  try {
    await session.publish("chat.room", [at("name").value, at("text").value]);
    at("text").value = "";
  } catch (refused) {
    at("state").textContent = "not sent: " + said(refused.reason, refused.message);
  }
});

at("sign-in").addEventListener("submit", submitted => {
  submitted.preventDefault();
  join({ name: at("user").value, password: at("password").value });
});

addEventListener("pagehide", () => session.close());
join();
