// What a program that logs in is told after what every program is told, and how it says what came of it.
import tweetnacl from 'tweetnacl';
import { fail } from './part.js';

export const [method, authid, secret, expected] = process.argv.slice(5);

/** The key pair that the secret is for cryptosign. */
export function keyPair() {
    return tweetnacl.sign.keyPair.fromSeed(Uint8Array.from(Buffer.from(secret, 'hex')));
}

/** What HELLO carries for the method. */
export function authextra() {
    return method === 'cryptosign' ? { pubkey: Buffer.from(keyPair().publicKey).toString('hex') } : {};
}

/** Ends the program: `became` is who it became, or the reason why it did not join. */
export function end(became) {
    if (became !== expected) {
        fail(`it became ${became}`);
    }
    console.log('done');
    process.exit(0);
}
