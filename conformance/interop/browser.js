// Opens a page in jsdom, with its scripts, and prints what the page logs: node browser.js FILE
import { JSDOM, VirtualConsole } from 'jsdom';

const console_ = new VirtualConsole();
console_.on('log', (...values) => console.log(...values));
console_.on('error', (...values) => console.error(...values));
console_.on('jsdomError', (failure) => console.error(failure.message));
await JSDOM.fromFile(process.argv[2], {
    runScripts: 'dangerously',
    resources: 'usable',
    virtualConsole: console_,
    // jsdom lacks these two, which all browsers have.
    beforeParse: (window) => Object.assign(window, { TextDecoder, TextEncoder, Uint8Array }),
});
