// npm autobahn proves who it is, see login.js.
import { autobahn, open } from './autobahn_connection.js';
import { authextra, authid, end, keyPair, method, secret } from './login.js';

const answers = {
    ticket: () => secret,
    wampcra: ({ challenge, salt, iterations, keylen }) =>
        autobahn.auth_cra.sign(salt ? autobahn.auth_cra.derive_key(secret, salt, iterations, keylen) : secret, challenge),
    cryptosign: (extra) => autobahn.auth_cryptosign.sign_challenge(keyPair(), extra),
};

const options = {
    authid,
    authmethods: [method],
    authextra: authextra(),
    onchallenge: (session, asked, extra) => answers[asked](extra),
};

async function joined(session, leave, details) {
    await leave();
    end(details.authid);
}

open(joined, options, (reason, details) => end(details.reason));
