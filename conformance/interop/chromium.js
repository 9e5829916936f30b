// Uses the chat page in Chromium and prints for each case a line "NAME: WHAT THE PAGE SHOWS".
// node chromium.js EXECUTABLE (NAME KIND URL)...
import { chromium } from 'playwright-core';

const [executablePath, ...rest] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const context = await browser.newContext({ ignoreHTTPSErrors: true });
context.setDefaultTimeout(20_000);

// How the handshakes of WebSockets were answered: 101 in HTTP/1.1, 200 in HTTP/2.
let handshakes = [];

const shown = (page) => page.locator('#state').textContent();
const until = async (page, pattern) => {
    await page.locator('#state').filter({ hasText: pattern }).waitFor();
    return shown(page);
};

async function open(url) {
    const page = await context.newPage();
    page.on('pageerror', (failure) => console.log(`error in the page: ${failure.message}`));
    page.on('console', (line) => line.text().includes('Content Security Policy') && console.log(line.text()));
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    network.on('Network.webSocketHandshakeResponseReceived', ({ response }) => handshakes.push(response.status));
    await page.goto(url);
    return page;
}

async function say(page, name, text) {
    await page.fill('#name', name);
    await page.fill('#text', text);
    await page.click('#say button');
}

const kinds = {
    /** Two tabs say something to each other. Shows also how their WebSockets were opened. */
    async chat(url) {
        const tabs = [await open(url), await open(url)];
        const lines = (tab) => tab.locator('#log li');
        const states = await Promise.all(tabs.map((tab) => until(tab, /^connected/)));
        await say(tabs[0], 'ann', 'hello');
        await lines(tabs[1]).filter({ hasText: 'hello' }).waitFor();
        await say(tabs[1], 'bob', 'hi');
        const logs = await Promise.all(
            tabs.map(async (tab) => {
                await lines(tab).filter({ hasText: 'hi' }).waitFor();
                return (await lines(tab).allTextContents()).join(' ');
            }),
        );
        return [...new Set([...states, ...logs]), ...handshakes].join(' | ');
    },

    /** The page says why it cannot connect. */
    async refused(url) {
        return until(await open(url), /^not connected/);
    },

    /** A user signs in with the right password. */
    async login(url) {
        return signIn(url, 'tea-at-five', /as ann|^not connected/);
    },

    /** A user signs in with a wrong password. */
    async wrong(url) {
        return signIn(url, 'wrong', /as ann|^not connected/);
    },
};

async function signIn(url, password, pattern) {
    const page = await open(url);
    await until(page, /^connected/);
    await page.click('summary');
    await page.fill('#user', 'ann');
    await page.fill('#password', password);
    await page.click('#sign-in button');
    return until(page, pattern);
}

for (let i = 0; i < rest.length; i += 3) {
    const [name, kind, url] = rest.slice(i, i + 3);
    handshakes = [];
    const result = await kinds[kind](url).catch(async (failure) => {
        const states = await Promise.all(context.pages().map((page) => shown(page).catch(() => page.url())));
        return `${failure.message}; the pages show ${states.join(' | ')}`;
    });
    console.log(`${name}: ${result.replaceAll('\n', ' ')}`);
    await Promise.all(context.pages().map((page) => page.close()));
}
await browser.close();
