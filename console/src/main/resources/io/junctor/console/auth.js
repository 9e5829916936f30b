// Answers to the challenges of the methods that a person can log in with.

const bytesOf = (text) => new TextEncoder().encode(text);
const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const fromBase64 = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

/** The methods of a person with a user name and a password, the strongest first. Without https a browser computes no proofs. */
export const passwordMethods = () => (globalThis.crypto.subtle ? ['wamp-scram', 'wampcra', 'ticket'] : ['ticket']);

/** What HELLO says for these methods. */
export function firstExtra(methods) {
    return methods.includes('wamp-scram')
        ? { nonce: base64(crypto.getRandomValues(new Uint8Array(16))), channel_binding: null }
        : {};
}

/** The signature and the details of AUTHENTICATE. */
export async function answer(login, method, challenge, hello) {
    switch (method) {
        case 'ticket':
        case 'jwt':
            return [login.secret, {}];
        case 'wampcra':
            return [base64(await hmac(await craKey(login.secret, challenge), challenge.challenge)), {}];
        case 'wamp-scram':
            return scram(login, challenge, hello);
        default:
            throw new Error(`the router asks for the method ${method}, which the console does not know`);
    }
}

/** Whether the router has proved that it knows the password, where the method asks for that. */
export async function verify(login, extra) {
    const expected = login.verifier;
    delete login.verifier;
    return expected === undefined || expected === extra.verifier;
}

async function craKey(secret, { salt, iterations = 1000, keylen = 32 }) {
    return salt ? bytesOf(base64(await pbkdf2(secret, bytesOf(salt), iterations, keylen))) : bytesOf(secret);
}

/** Section "Salted Challenge Response Authentication", RFC 5802. */
async function scram(login, { nonce, salt, iterations, kdf }, hello) {
    if (kdf !== 'pbkdf2') {
        throw new Error(`the password of this user is kept by ${kdf}, which browsers cannot compute; use another user or a token`);
    }
    if (!nonce.startsWith(hello.nonce)) {
        throw new Error('the router changed the nonce of the login');
    }
    const salted = await pbkdf2(login.secret.normalize('NFKC'), fromBase64(salt), iterations, 32);
    const name = login.authid.normalize('NFKC').replaceAll('=', '=3D').replaceAll(',', '=2C');
    const message = `n=${name},r=${hello.nonce},r=${nonce},s=${salt},i=${iterations},c=biws,r=${nonce}`;
    const clientKey = await hmac(salted, 'Client Key');
    const storedKey = await crypto.subtle.digest('SHA-256', clientKey);
    const signature = new Uint8Array(await hmac(storedKey, message));
    const proof = new Uint8Array(clientKey).map((byte, i) => byte ^ signature[i]);
    login.verifier = base64(await hmac(await hmac(salted, 'Server Key'), message));
    return [base64(proof), { nonce, channel_binding: null, cbind_data: null }];
}

async function pbkdf2(secret, salt, iterations, length) {
    const key = await crypto.subtle.importKey('raw', bytesOf(secret), 'PBKDF2', false, ['deriveBits']);
    return crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, length * 8);
}

async function hmac(key, text) {
    const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return crypto.subtle.sign('HMAC', imported, bytesOf(text));
}
