// npm wampy proves who it is, see login.js.
import * as cra from 'wampy/wampcra.js';
import * as cryptosign from 'wampy/cryptosign.js';
import { authextra, authid, end, method, secret } from './login.js';
import { connection } from './wampy_connection.js';

const answers = {
    ticket: () => () => secret,
    wampcra: () => cra.sign(secret),
    cryptosign: () => cryptosign.sign(secret),
};

const wampy = connection({
    authid,
    authmethods: [method],
    authextra: authextra(),
    onChallenge: answers[method](),
});
try {
    const welcome = await wampy.connect();
    await wampy.disconnect();
    end(welcome.authid);
} catch (problem) {
    end(problem.errorUri ?? String(problem));
}
